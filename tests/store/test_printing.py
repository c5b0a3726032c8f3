"""Print jobs and print orders: what is known is kept, and nothing is printed twice by itself."""

from datetime import timedelta

from kiosk.core.case import CaseId
from kiosk.core.hardware import Held, OutcomeWord, Printed, Reason, Unknown
from kiosk.core.sync import PrintOrder
from kiosk.core.ticket import Line, Ticket
from kiosk.ports import OrderReport
from kiosk.store import Store
from tests.store.making import NOON, draft, ticket

TODAY = NOON.date()


def copy(number: int) -> Ticket:
    return Ticket((Line(f"copy {number}"),))


def order(name: str) -> PrintOrder:
    return PrintOrder(name, "appointment", "", "a1", "REF", ("10:00",))


def test_an_outcome_is_kept_with_its_reason(store: Store) -> None:
    job_id = store.save(draft("c1"), ticket, NOON).job_id
    store.job_sent(job_id)
    assert store.stored_job(job_id).sent
    store.job_done(job_id, Held(Reason.PAPER_OUT), NOON)
    job = store.stored_job(job_id)
    assert (job.outcome, job.reason) == (OutcomeWord.HELD, "paper-out")
    assert store.cases()[0].print_outcome is OutcomeWord.HELD


def test_copies_are_counted_whichever_print_they_are_made_from(store: Store) -> None:
    first = store.save(draft("c1"), ticket, NOON)
    second = store.copy_job(first.job_id, copy, NOON)
    third = store.copy_job(second.job_id, copy, NOON)
    assert (second.copy, third.copy) == (1, 2)
    assert third.ticket == copy(2)
    assert (third.reference, third.queue_number) == (first.reference, first.queue_number)
    assert store.jobs_today(TODAY)[0] == third
    assert [job.copy for job in store.orders.case_jobs(CaseId("c1"))] == [0, 1, 2]


def test_after_a_restart_sent_jobs_are_unknown_and_unsent_ones_not_printed(store: Store) -> None:
    sent, unsent, done = (store.save(draft(name), ticket, NOON).job_id for name in "abc")
    store.job_sent(sent)
    store.job_sent(done)
    store.job_done(done, Printed(), NOON)
    settled = {job.job_id: (job.outcome, job.reason) for job in store.settle_interrupted(NOON)}
    assert settled == {
        sent: (OutcomeWord.UNKNOWN, "restarted"),
        unsent: (OutcomeWord.NOT_PRINTED, "restarted"),
    }
    assert store.settle_interrupted(NOON) == ()


def test_tickets_that_may_not_have_come_out_are_named_until_a_copy_did(store: Store) -> None:
    held, unknown, fine = (store.save(draft(name), ticket, NOON) for name in "abc")
    store.job_done(held.job_id, Held(Reason.JAM), NOON)
    store.job_done(fine.job_id, Printed(), NOON)
    store.job_sent(unknown.job_id)
    store.settle_interrupted(NOON)
    assert store.doubtful_tickets(TODAY) == (held.queue_number, unknown.queue_number)
    store.job_done(store.copy_job(unknown.job_id, copy, NOON).job_id, Printed(), NOON)
    assert store.doubtful_tickets(TODAY) == (held.queue_number,)
    assert store.doubtful_tickets(TODAY + timedelta(days=1)) == ()


def test_a_test_page_is_nobodys_job(store: Store) -> None:
    store.job_sent("test-page")
    store.job_done("test-page", Printed(), NOON)
    assert store.jobs_today(TODAY) == ()


def test_jobs_of_other_days_are_not_todays(store: Store) -> None:
    store.save(draft("c1"), ticket, NOON)
    assert store.jobs_today(TODAY + timedelta(days=1)) == ()


def test_an_order_is_taken_once_and_its_jobs_outcome_is_reported_until_told(store: Store) -> None:
    orders = store.orders
    assert orders.take_order(order("o1"), NOON)
    assert not orders.take_order(order("o1"), NOON)
    job = orders.loose_job("REF", copy(0), NOON)
    assert (job.case_id, job.reference) == ("", "REF")
    orders.order_job("o1", job.job_id)
    assert orders.unreported_orders() == ()
    store.job_done(job.job_id, Printed(), NOON)
    assert orders.unreported_orders() == (OrderReport("o1", OutcomeWord.PRINTED, "none"),)
    orders.order_reported("o1", NOON)
    assert orders.unreported_orders() == ()
    assert not orders.take_order(order("o1"), NOON)


def test_an_order_that_cannot_be_printed_here_says_so(store: Store) -> None:
    store.orders.take_order(order("o1"), NOON)
    store.orders.order_done("o1", OutcomeWord.NOT_PRINTED, "no such case", NOON)
    assert store.orders.unreported_orders()[0].reason == "no such case"


def test_an_outcome_that_changes_is_told_again(store: Store) -> None:
    store.orders.take_order(order("o1"), NOON)
    job = store.orders.loose_job("REF", copy(0), NOON)
    store.orders.order_job("o1", job.job_id)
    store.job_done(job.job_id, Held(Reason.PAPER_OUT), NOON)
    store.orders.order_reported("o1", NOON)
    store.job_done(job.job_id, Unknown(Reason.LINK_LOST), NOON)
    assert store.orders.unreported_orders() == (OrderReport("o1", OutcomeWord.UNKNOWN, "link-lost"),)


def test_a_restart_between_order_and_paper_is_told_truly(store: Store) -> None:
    for name in ("jobless", "sent", "unsent"):
        store.orders.take_order(order(name), NOON)
    for name in ("sent", "unsent"):
        job = store.orders.loose_job("REF", copy(0), NOON)
        store.orders.order_job(name, job.job_id)
        if name == "sent":
            store.job_sent(job.job_id)
    store.settle_interrupted(NOON)
    told = {report.order_id: report.outcome for report in store.orders.unreported_orders()}
    assert told == {
        "jobless": OutcomeWord.NOT_PRINTED,
        "sent": OutcomeWord.UNKNOWN,
        "unsent": OutcomeWord.NOT_PRINTED,
    }
