// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mail server that refers to another server (RFC 2221, RFC 2193): promise S5 of PRIVACY.md. */
class MailboxReferralsTest {
    @ParameterizedTest(name = "a mailbox that answers {0} with {1} and a referral")
    @CsvSource({
        "AUTHENTICATE, NO, protocol",
        "AUTHENTICATE, OK, listed",
        "LOGIN, NO, protocol",
        "LOGIN, OK, listed",
        "SELECT, NO, protocol",
        "SELECT, OK, listed"
    })
    void a_server_of_voicemail_cannot_refer_to_somebody_else(String command, String answer, String outcome)
            throws Exception {
        assertThat(HostileMailbox.refers(command, answer).split(", "))
                .containsExactlyInAnyOrder(outcome, "nobody else reached");
    }
}
