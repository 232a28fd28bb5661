"""Who gets what at every address: the permission map of the program, read by the route walk.

One line for each method of each address, in the order of :data:`tests.security.world.ACTORS`:

``+``  gets it (200, 204, or 303 and so on)
``i``  is asked to sign in (401)
``x``  may not (403)
``-``  is told there is no such thing (404), as with any made-up address

The learner's things are asked for: her class, her open test, her finished one, her certificate.
"""

from __future__ import annotations

from tests.security.world import ACTORS

PERMISSIONS = """
GET  auth.show_home                 +  +  +  +  +  +  +  +  +  +  +
GET  auth.show_sign_in              +  +  +  +  +  +  +  +  +  +  +
POST auth.sign_in                   +  +  +  +  +  +  +  +  +  +  +
POST auth.sign_in_by_code           +  +  +  +  +  +  +  +  +  +  +
GET  auth.show_slip                 +  +  +  +  +  +  +  +  +  +  +
POST auth.sign_in_by_slip           +  +  +  +  +  +  +  +  +  +  +
POST auth.sign_out                  +  +  +  +  +  +  +  +  +  +  +
POST auth.save_language             +  +  +  +  +  +  +  +  +  +  +
GET  auth.show_account              i  +  +  +  +  +  +  +  +  +  +
POST auth.end_session               i  +  -  -  -  -  -  -  -  -  -
POST auth.end_other_sessions        i  +  +  +  +  +  +  +  +  +  +
GET  auth.show_password             i  +  +  +  +  +  +  +  +  +  +
POST auth.save_password             i  +  +  +  +  +  +  +  +  +  +
GET  health.show_health              +  +  +  +  +  +  +  +  +  +  +
GET  health.show_readiness           +  +  +  +  +  +  +  +  +  +  +
GET  show_asset                     +  +  +  +  +  +  +  +  +  +  +
GET  certificates.show_verify       +  +  +  +  +  +  +  +  +  +  +
GET  certificates.show_verification +  +  +  +  +  +  +  +  +  +  +

GET  dashboards.list_my_cohorts     i  +  +  +  x  x  x  x  x  x  x
GET  dashboards.show_outline        i  +  +  -  x  x  x  x  x  x  x
GET  dashboards.show_activity       i  +  +  -  x  x  x  x  x  x  x
POST dashboards.save_done           i  +  +  -  x  x  x  x  x  x  x
POST dashboards.create_attempt      i  +  +  -  x  x  x  x  x  x  x
POST dashboards.save_name_confirmation i + + -  x  x  x  x  x  x  x
POST dashboards.save_name_remark    i  +  +  -  x  x  x  x  x  x  x
GET  quizzes.show_attempt           i  +  -  -  x  x  x  x  x  x  x
GET  quizzes.show_form              i  +  -  -  x  x  x  x  x  x  x
POST quizzes.save_form              i  +  -  -  x  x  x  x  x  x  x
POST quizzes.save_answer            i  +  -  -  x  x  x  x  x  x  x
POST quizzes.save_finish            i  +  -  -  x  x  x  x  x  x  x
GET  quizzes.show_result            i  +  -  -  x  x  x  x  x  x  x
GET  certificates.show_mine         i  +  -  -  x  x  x  x  x  x  x
GET  certificates.show_my_paper     i  +  -  -  x  x  x  x  x  x  x

GET  dashboards.list_taught_cohorts i  x  x  x  +  +  +  +  +  x  x
GET  dashboards.show_board          i  x  x  x  +  -  +  +  +  x  x
GET  dashboards.list_changes        i  x  x  x  +  -  +  +  +  x  x
GET  dashboards.export_board        i  x  x  x  +  -  +  +  +  x  x
GET  dashboards.show_learner        i  x  x  x  +  -  +  -  +  x  x
GET  dashboards.list_questions      i  x  x  x  +  -  +  +  +  x  x
POST dashboards.release_answers     i  x  x  x  +  -  x  x  +  x  x

GET  courses.list_courses           i  x  x  x  +  +  x  x  +  x  x
GET  courses.show_course            i  x  x  x  +  +  x  x  +  x  x
GET  courses.show_version           i  x  x  x  +  +  x  x  +  x  x
GET  courses.show_lesson            i  x  x  x  +  +  x  x  +  x  x

GET  cohorts.list_cohorts           i  x  x  x  x  x  x  x  +  x  x
GET  cohorts.show_cohort            i  x  x  x  x  x  x  x  +  x  x
GET  cohorts.show_new_cohort        i  x  x  x  x  x  x  x  +  x  x
POST cohorts.create_cohort          i  x  x  x  x  x  x  x  +  x  x
GET  cohorts.show_new_learner       i  x  x  x  x  x  x  x  +  x  x
POST cohorts.create_learner         i  x  x  x  x  x  x  x  +  x  x
GET  cohorts.show_learner           i  x  x  x  x  x  x  x  +  x  x
POST cohorts.save_learner           i  x  x  x  x  x  x  x  +  x  x
GET  cohorts.show_cancellation      i  x  x  x  x  x  x  x  +  x  x
POST cohorts.cancel_enrolment       i  x  x  x  x  x  x  x  +  x  x
POST cohorts.restore_enrolment      i  x  x  x  x  x  x  x  +  x  x
GET  cohorts.show_staff             i  x  x  x  x  x  x  x  +  x  x
POST cohorts.create_staff           i  x  x  x  x  x  x  x  +  x  x
POST cohorts.create_staff_account   i  x  x  x  x  x  x  x  +  x  x
GET  cohorts.show_removal           i  x  x  x  x  x  x  x  +  x  x
POST cohorts.remove_staff           i  x  x  x  x  x  x  x  +  x  x
GET  cohorts.show_name              i  x  x  x  x  x  x  x  +  x  x
POST cohorts.save_name              i  x  x  x  x  x  x  x  +  x  x
GET  cohorts.show_slips             i  x  x  x  x  x  x  x  +  x  x
POST cohorts.create_slips           i  x  x  x  x  x  x  x  +  x  x
GET  dashboards.show_rule           i  x  x  x  x  x  x  x  +  x  x
POST dashboards.save_rule           i  x  x  x  x  x  x  x  +  x  x

GET  certificates.show_cohort       i  x  x  x  x  x  x  x  +  x  x
GET  certificates.show_confirmation i  x  x  x  x  x  x  x  +  x  x
GET  certificates.show_preview       i  x  x  x  x  x  x  x  +  x  x
POST certificates.create_batch      i  x  x  x  x  x  x  x  +  x  x
GET  certificates.show_print_file   i  x  x  x  x  x  x  x  +  x  x
GET  certificates.show_archive      i  x  x  x  x  x  x  x  +  x  x
GET  certificates.show_register     i  x  x  x  x  x  x  x  +  +  +
GET  certificates.show_register_book i x  x  x  x  x  x  x  +  +  +
GET  certificates.show_certificate  i  x  x  x  x  x  x  x  +  +  +
GET  certificates.show_paper        i  x  x  x  x  x  x  x  +  +  +
GET  certificates.show_revocation   i  x  x  x  x  x  x  x  +  x  x
POST certificates.revoke_certificate i x  x  x  x  x  x  x  +  x  x
GET  certificates.show_reissue      i  x  x  x  x  x  x  x  +  x  x
POST certificates.create_reissue    i  x  x  x  x  x  x  x  +  x  x
GET  certificates.show_settings     i  x  x  x  x  x  x  x  +  x  x
POST certificates.save_settings     i  x  x  x  x  x  x  x  +  x  x
"""


def permission_map() -> dict[tuple[str, str], dict[str, str]]:
    """Return (method, endpoint) → actor → sign."""
    found = {}
    for line in PERMISSIONS.strip().splitlines():
        if line.strip():
            method, endpoint, *signs = line.split()
            found[method, endpoint] = dict(zip(ACTORS, signs, strict=True))
    return found
