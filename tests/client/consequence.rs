//! The consequence of a refusal for the other messages of the Page.

use messenger_send::client::codes::{self, GraphCode};
use messenger_send::client::{Consequence, Delivery, ErrorKind, SendError};

fn refusal(code: i64, subcode: Option<i64>, message: &str) -> SendError {
    let graph = GraphCode {
        code: Some(code),
        subcode,
        message,
        ..GraphCode::default()
    };
    let mut error = SendError::new(graph.verdict().kind, Delivery::Rejected, message);
    error.code = Some(code);
    error.subcode = subcode;
    error
}

#[track_caller]
fn assert_all(expected: Consequence, errors: &[(i64, Option<i64>)]) {
    for (code, subcode) in errors {
        let error = refusal(*code, *subcode, "");
        assert_eq!(Consequence::of(&error), expected, "{code}/{subcode:?}");
    }
}

#[test]
fn a_token_that_died_and_a_page_that_is_barred_stop_all() {
    assert_all(
        Consequence::Stop,
        &[
            (190, None),
            (190, Some(460)),
            (190, Some(463)),
            (102, None),
            (2500, None),
            (368, None),
            (368, Some(1)),
        ],
    );
}

#[test]
fn a_limit_of_the_page_or_the_app_pauses_all() {
    assert_all(
        Consequence::Pause,
        &[
            (613, None),
            (613, Some(1996)),
            (4, None),
            (17, None),
            (32, None),
            (341, None),
            (80_001, None),
            (80_002, None),
            (80_006, None),
        ],
    );
}

#[test]
fn a_permission_that_is_missing_is_suspect() {
    assert_all(
        Consequence::Suspect,
        &[
            (10, None),
            (3, None),
            (200, None),
            (299, None),
            (200, Some(2_018_028)),
            (10_904, None),
            (100, Some(33)),
        ],
    );
}

#[test]
fn errors_about_one_person_or_message_do_not_affect_others() {
    assert_all(
        Consequence::None,
        &[
            (551, None),
            (10, Some(2_018_278)),
            (100, None),
            (100, Some(2_018_001)),
            (230, None),
            (10, Some(2_018_300)),
            (613, Some(2_018_338)),
            (4, Some(2_018_354)),
            (2, None),
            (1, Some(1_357_046)),
            (1200, None),
            (2022, None),
            (424_242, None),
            (-1, Some(-1)),
        ],
    );
}

#[test]
fn a_page_that_is_restricted_for_a_time_pauses_for_long() {
    assert_all(Consequence::PauseLong, &[(10, Some(1_893_063))]);
}

#[test]
fn a_wrong_proof_stops_whichever_code_it_has() {
    let sentence = "Invalid appsecret_proof provided in the API argument";
    assert_eq!(
        Consequence::of(&refusal(100, None, sentence)),
        Consequence::Stop
    );
    assert_eq!(
        Consequence::of(&refusal(100, None, "another")),
        Consequence::None
    );
}

#[test]
fn a_response_not_from_graph_has_no_consequence() {
    let error = SendError::new(ErrorKind::Auth, Delivery::NotSent, "no token");
    assert_eq!(Consequence::of(&error), Consequence::None);
}

#[test]
fn every_code_of_authentication_stops() {
    for row in codes::table()
        .iter()
        .filter(|row| row.kind == ErrorKind::Auth)
    {
        let error = refusal(row.code, row.subcode, "");
        assert_eq!(Consequence::of(&error), Consequence::Stop, "{row:?}");
    }
}
