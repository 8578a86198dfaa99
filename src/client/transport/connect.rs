//! Which failures happened before the connection stood: then nothing left this machine.

use super::TransportErrorKind;

/// Reads the code, the system call and the message of a platform's error. `None`: it does not say
/// that the connection could not be made.
pub(super) fn kind_of(code: &str, syscall: &str, message: &str) -> Option<TransportErrorKind> {
    use TransportErrorKind::{Certificate, NotSent};

    match code {
        // Node: the name was not found, nobody listens, no way leads there, no connection in time.
        "ENOTFOUND" | "EAI_AGAIN" | "EAI_FAIL" | "EAI_NODATA" | "EAI_NONAME" => return Some(NotSent),
        "ECONNREFUSED" | "EHOSTUNREACH" | "ENETUNREACH" | "EADDRNOTAVAIL" => return Some(NotSent),
        "UND_ERR_CONNECT_TIMEOUT" => return Some(NotSent),
        // Bun.
        "ConnectionRefused" | "FailedToOpenSocket" | "UnknownHost" | "DNSException" => {
            return Some(NotSent);
        }
        code if is_certificate(code) => return Some(Certificate),
        _ => {}
    }
    if syscall == "connect" || syscall == "getaddrinfo" {
        return Some(NotSent);
    }
    // Deno has no code; it puts the reason into the message of the error.
    if message.contains("client error (Connect)") || message.contains("error trying to connect") {
        let is_certificate = message.contains("certificate") || message.contains("UnknownIssuer");
        return Some(if is_certificate { Certificate } else { NotSent });
    }
    None
}

/// OpenSSL's and Node's codes of a certificate that is not trusted. Bun has the same.
fn is_certificate(code: &str) -> bool {
    const CODES: [&str; 9] = [
        "CERT_HAS_EXPIRED",
        "CERT_NOT_YET_VALID",
        "CERT_UNTRUSTED",
        "DEPTH_ZERO_SELF_SIGNED_CERT",
        "ERR_TLS_CERT_ALTNAME_INVALID",
        "SELF_SIGNED_CERT_IN_CHAIN",
        "UNABLE_TO_GET_ISSUER_CERT",
        "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
        "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    ];
    CODES.contains(&code)
}
