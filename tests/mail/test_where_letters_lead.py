"""Where letters lead, and what keeps them from leaving."""

BO = "bo@example.org"
DAY = 86_400


def test_no_member_bends_the_links_in_the_letters_of_all(site, server, post, settings):
    settings.ALLOWED_HOSTS = ["union.example"]
    site.browser(site.ada).get("/", HTTP_HOST="union.example")
    site.browser(site.bo).get("/", HTTP_HOST="union.example:6667")
    site.voting()
    post.work()
    assert "union.example:6667" not in server.to("ada@example.org")[-1].content.decode()


def test_a_week_in_which_the_server_was_off_is_told_in_the_next_weekly_letter(site, server, post):

    site.wait(7)
    m = site.decided(title="Decided while off")
    # the post does not work for the whole of Monday to Wednesday of the week after the decision
    while True:
        from frombelow_site.ui.clock import local

        if local(site.at).weekday() == 2 and local(site.at).hour > 8:
            break
        site.at += 3600
    closed = site.polity.motions[m].closed_on if hasattr(site.polity.motions[m], "closed_on") else None
    for _ in range(8):
        site.at += DAY
        site.door.tick()
        post.work()
    said = [e.content.decode() for e in server.to(BO) if b"The week" in e.content]
    assert any("Decided while off" in s for s in said), (len(said), closed, [s[:300] for s in said])
