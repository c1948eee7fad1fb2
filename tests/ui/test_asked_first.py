"""What nobody can undo is asked once more, on a page of its own, and what was sent goes along."""


def text(answer):
    return answer.content.decode()


def test_a_motion_is_withdrawn_by_the_second_button_and_not_by_the_first(site):
    motion, bo = site.move(), site.browser(site.bo)
    asked = bo.post(f"/decide/{motion}/withdraw/")
    assert asked.status_code == 200
    assert "Withdraw this motion?" in text(asked)
    assert 'name="sure" value="1"' in text(asked)
    assert not site.polity.motions[motion].over
    bo.post(f"/decide/{motion}/withdraw/", {"sure": "1"})
    assert site.polity.motions[motion].over


def test_a_mandate_is_given_back_by_the_second_button_and_what_was_ticked_goes_along(site):
    mandate, ada = site.holds(site.ada, "chair").id, site.browser(site.ada)
    address = f"/answerability/mandates/{mandate}/give-back/"
    asked = ada.post(address, {"known": "on"})
    assert "Give this mandate back?" in text(asked)
    assert '<input type="hidden" name="known" value="on">' in text(asked)
    assert not site.polity.mandates[mandate].ended
    ada.post(address, {"known": "on", "sure": "1"})
    assert site.polity.mandates[mandate].ended


def test_the_page_that_asks_leads_back(site):
    motion = site.move()
    assert f'href="/decide/{motion}/"' in text(site.browser(site.bo).post(f"/decide/{motion}/withdraw/"))
