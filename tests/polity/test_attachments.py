"""Files beside a motion: by its mover alone, five at most, until whom it is about was heard and its vote opens."""

from frombelow.polity import Stage
from tests import acts as a
from tests.cast import TEXT


def attached(org, motion, by=None):
    """The id of a file that was put beside the motion."""
    name = org.new()
    org.do(a.Attach, by or org.bo, motion=motion, attachment=name, file=TEXT)
    return name


def beside(org, motion):
    return list(org.polity.motions[motion].attachments)


def why_not(org, motion, by=None, name=None):
    return org.refused(a.Attach, by or org.bo, motion=motion, attachment=name or org.new(), file=TEXT).message


def test_the_mover_puts_files_beside_a_motion_and_takes_them_away(org):
    motion = org.move()
    first, second = attached(org, motion), attached(org, motion)
    org.do(a.Detach, org.bo, motion=motion, attachment=first)
    assert beside(org, motion) == [second]
    assert org.polity.motions[motion].attachments[second] == TEXT


def test_nobody_else_does(org):
    motion = org.move()
    name = attached(org, motion)
    for person in (org.ada, org.dee):
        assert why_not(org, motion, person) == "not-its-mover"
        assert org.refused(a.Detach, person, motion=motion, attachment=name).message == "not-its-mover"
    assert why_not(org, motion, org.charlie) == "not-a-member"
    assert why_not(org, org.new()) == "unknown-motion"


def test_who_left_does_not(org):
    motion = org.move()
    org.do(a.Leave, org.bo)
    assert why_not(org, motion) == "not-a-member"


def test_a_motion_has_five_at_most_and_one_that_is_taken_away_makes_room(org):
    motion = org.move()
    names = [attached(org, motion) for _ in range(5)]
    assert why_not(org, motion) == "attached-enough"
    org.do(a.Detach, org.bo, motion=motion, attachment=names[2])
    attached(org, motion)
    assert len(beside(org, motion)) == 5


def test_a_file_is_put_beside_one_motion_once_and_its_id_is_never_that_of_another(org):
    motion, other = org.move(), org.move()
    name = attached(org, motion)
    assert why_not(org, other, name=name) == "bad-id"
    assert org.refused(a.Detach, org.bo, motion=other, attachment=name).message == "not-attached"
    org.do(a.Detach, org.bo, motion=motion, attachment=name)
    assert why_not(org, motion, name=name) == "bad-id"
    assert why_not(org, motion, name=org.ada) == "bad-id"
    assert org.refused(a.Detach, org.bo, motion=motion, attachment=name).message == "not-attached"


def test_none_comes_or_goes_once_the_vote_is_open_or_all_is_over(org):
    motion = org.move()
    name = attached(org, motion)
    org.second(motion)
    org.do(a.FindInOrder, org.ada, under=org.mandate(org.ada), motion=motion)
    attached(org, motion)
    org.until(motion, Stage.VOTING)
    assert why_not(org, motion) == "attached-late"
    assert org.refused(a.Detach, org.bo, motion=motion, attachment=name).message == "attached-late"
    withdrawn = org.move()
    org.do(a.Withdraw, org.bo, motion=withdrawn)
    assert why_not(org, withdrawn) == "attached-late"


def test_none_comes_or_goes_once_whom_it_is_about_was_heard(org):
    motion = org.move(a.ExpelMember(org.eve))
    org.second(motion)
    org.do(a.FindInOrder, org.ada, under=org.mandate(org.ada), motion=motion)
    name = attached(org, motion)
    org.do(a.Reply, org.eve, motion=motion, text=TEXT)
    assert org.polity.motions[motion].stage is Stage.DEBATE
    assert why_not(org, motion) == "heard-on-it"
    assert org.refused(a.Detach, org.bo, motion=motion, attachment=name).message == "heard-on-it"


def test_none_comes_once_the_time_to_reply_is_over_unused(org):
    motion = org.move(a.ExpelMember(org.eve))
    org.second(motion)
    org.until(motion, Stage.DEBATE)
    assert why_not(org, motion) == "heard-on-it"


def test_nothing_is_put_beside_a_recall_or_an_appeal(org):
    recall = org.petition(org.mandate(org.ada))
    assert why_not(org, recall) == "not-its-mover"
