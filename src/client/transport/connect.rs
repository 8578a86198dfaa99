//! Recognizes failures before the connection was made, when nothing has left this machine.

use super::TransportErrorKind;

/// Classifies an error of the platform by its code, system call and message. `None`: it does not
/// say that the connection could not be made.
pub(super) fn kind_of(code: &str, syscall: &str, message: &str) -> Option<TransportErrorKind> {
    use TransportErrorKind::{Certificate, NotSent};

    match code {
        // Node: name not found, connection refused, host or network unreachable, connect timeout.
        "ENOTFOUND" | "EAI_AGAIN" | "EAI_FAIL" | "EAI_NODATA" | "EAI_NONAME" => {
            return Some(NotSent);
        }
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
    // Deno has no code, only the reason in the message of the error.
    if message.contains("client error (Connect)") || message.contains("error trying to connect") {
        let is_certificate = message.contains("certificate") || message.contains("UnknownIssuer");
        return Some(if is_certificate { Certificate } else { NotSent });
    }
    None
}

/// The codes of OpenSSL and Node for an untrusted certificate. Bun has the same.
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

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::TransportErrorKind::{Certificate, NotSent};
    use super::*;

    #[test]
    fn failures_before_the_connection_are_not_sent() {
        assert_eq!(kind_of("ECONNREFUSED", "connect", ""), Some(NotSent));
        assert_eq!(kind_of("ENOTFOUND", "getaddrinfo", ""), Some(NotSent));
        assert_eq!(kind_of("ETIMEDOUT", "connect", ""), Some(NotSent));
        assert_eq!(kind_of("ConnectionRefused", "", ""), Some(NotSent));
        let deno = "error sending request for url: client error (Connect): dns error";
        assert_eq!(kind_of("", "", deno), Some(NotSent));
    }

    #[test]
    fn certificate_errors_differ_from_connection_errors() {
        assert_eq!(kind_of("CERT_HAS_EXPIRED", "", ""), Some(Certificate));
        let deno = "client error (Connect): invalid peer certificate: UnknownIssuer";
        assert_eq!(kind_of("", "", deno), Some(Certificate));
    }

    #[test]
    fn other_failures_are_unknown() {
        for (code, syscall) in [
            ("ECONNRESET", "read"),
            ("EPIPE", "write"),
            ("ETIMEDOUT", ""),
            ("", ""),
        ] {
            assert_eq!(kind_of(code, syscall, "fetch failed"), None, "{code}");
        }
    }
}
