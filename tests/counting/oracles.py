"""Slow readings of two rules, paper by paper, to check the fast ones against."""


def papers_of(profile):
    return [[[each[0] for each in ranking], weight] for weight, ranking in profile.rows()]


def next_standing(ranking, standing):
    return next((each for each in ranking if each in standing), None)


def scottish_winners(profile, seats, scale=10**5):  # noqa: C901  one loop, to be read from top to bottom
    """The set of winners and the last votes, or None where a tie would need a lot or a look back."""
    standing, elected, pending = set(profile.standing), [], []
    papers = [[ranking, weight, scale, next_standing(ranking, standing)] for ranking, weight in papers_of(profile)]
    papers = [each for each in papers if each[3] is not None]
    quota = (sum(each[1] for each in papers) // (seats + 1) + 1) * scale
    kept = {}

    def votes(candidate):
        return sum(w * v for _, w, v, at in papers if at == candidate) if candidate not in kept else kept[candidate]

    while True:
        for each in sorted(standing, key=votes, reverse=True):
            if votes(each) >= quota and len(elected) < seats:
                standing.discard(each)
                elected.append(each)
                if votes(each) > quota:
                    pending.append(each)
        if len(elected) + len(standing) <= seats:
            elected += standing
            standing = set()
        if len(elected) == seats:
            return set(elected), [votes(each) for each in range(len(profile.candidates))]
        if pending:
            most = max(map(votes, pending))
            if sum(votes(each) == most for each in pending) > 1:
                return None
            source = next(each for each in pending if votes(each) == most)
            pending.remove(source)
            for paper in papers:
                if paper[3] == source:
                    paper[2] = paper[2] * (most - quota) // most
                    paper[3] = next_standing(paper[0], standing)
            kept[source] = quota
        else:
            fewest = min(map(votes, standing))
            if sum(votes(each) == fewest for each in standing) > 1:
                return None
            source = next(each for each in standing if votes(each) == fewest)
            standing.discard(source)
            for paper in papers:
                if paper[3] == source:
                    paper[3] = next_standing(paper[0], standing)


def meek_votes(profile, keep, one=10**9):
    """Each candidate's votes for these keep values, share by share rounded up."""
    votes = [0] * len(profile.candidates)
    for ranking, weight in papers_of(profile):
        rest = one
        for candidate in ranking:
            kept = -(-rest * keep[candidate] // one)
            votes[candidate] += weight * kept
            rest -= kept
    return votes
