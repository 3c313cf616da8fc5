// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.engine.failure.Failure.AuthenticationProblem;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.helpers.Corpus;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever a server demands, its challenges are answered in one line each, or refused; the password is in none. */
class AuthFuzzTest {
    private static final String PASSWORD = "canary-7616";

    @Tag("fuzz")
    @FuzzTest(maxDuration = "1m")
    void any_challenges(byte[] bytes) {
        boolean unused = check(bytes);
    }

    @ParameterizedTest
    @CorpusSource("any_challenges")
    void replayed_challenges(byte[] input) {
        boolean unused = check(input);
    }

    @Test
    void damaged_challenges() {
        Corpus.damage(
                Corpus.inputs(AuthFuzzTest.class, "any_challenges"), 10_000, 7616, "\"=, \\\n", AuthFuzzTest::check);
    }

    /** A line each, as headers come; an empty line ends those of one response. */
    private static boolean check(byte[] bytes) {
        DigestAuthenticator authenticator =
                new DigestAuthenticator("alice", Secret.of(PASSWORD), true, Seeds.random(1));
        DigestAuthenticator.Exchange exchange = authenticator.newExchange();
        boolean answered = false;
        for (String response : new String(bytes, StandardCharsets.ISO_8859_1).split("\n\n", -1)) {
            AuthenticationProblem problem = exchange.challenged(List.of(response.split("\n", -1)), false);
            if (problem == null) {
                answered = true;
                authenticator.authenticationInfo(response, false);
                assertThat(exchange.credentials("REGISTER", "sip:example.com", () -> new byte[0]))
                        .isNotEmpty()
                        .allSatisfy(
                                credentials -> assertThat(credentials.value()).doesNotContain("\r", "\n", PASSWORD));
            }
        }
        return answered;
    }
}
