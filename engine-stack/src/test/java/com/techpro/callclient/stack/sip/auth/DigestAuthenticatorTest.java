// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure.AuthenticationProblem;
import com.techpro.callclient.ports.phonesystem.PasswordHash;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.sip.auth.DigestVerifier.Verdict;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against the server, and against challenges written by hand. */
class DigestAuthenticatorTest {
    private static final byte[] NO_BODY = {};
    private static final String URI = "sip:pbx.example";

    private final AtomicLong clock = new AtomicLong();
    private final Secret password = Secret.of("not 1234");
    private final DigestAuthenticator client = new DigestAuthenticator("1001", password, true, Seeds.random(1));

    private DigestVerifier server(String qop, DigestAlgorithm... algorithms) {
        return new DigestVerifier("pbx", List.of(algorithms), qop, Duration.ofMinutes(1), Seeds.random(2), clock::get);
    }

    private Verdict judge(DigestVerifier server, List<DigestAuthenticator.Credentials> credentials) {
        return server.verify(
                        credentials.stream()
                                .map(DigestAuthenticator.Credentials::value)
                                .toList(),
                        "REGISTER",
                        NO_BODY,
                        user -> user.equals("1001") ? password : null)
                .verdict();
    }

    private List<DigestAuthenticator.Credentials> send(DigestAuthenticator.Exchange exchange) {
        return exchange.credentials("REGISTER", URI, () -> NO_BODY);
    }

    @Test
    void every_algorithm_and_quality_is_accepted_by_the_server() {
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            for (String qop : List.of("auth", "auth-int", "auth,auth-int", "")) {
                DigestVerifier server = server(qop, algorithm);
                DigestAuthenticator fresh = new DigestAuthenticator("1001", password, true, Seeds.random(3));
                DigestAuthenticator.Exchange exchange = fresh.newExchange();

                assertThat(send(exchange)).isEmpty();
                assertThat(exchange.challenged(server.challenges(false), false)).isNull();
                assertThat(judge(server, send(exchange)))
                        .as(algorithm + " " + qop)
                        .isEqualTo(Verdict.ACCEPTED);
            }
        }
    }

    @Test
    void the_strongest_challenge_is_answered_in_any_order() {
        DigestVerifier server =
                server("auth", DigestAlgorithm.MD5, DigestAlgorithm.SHA_512_256, DigestAlgorithm.SHA_256);
        DigestAuthenticator.Exchange exchange = client.newExchange();

        exchange.challenged(server.challenges(false), false);

        assertThat(send(exchange))
                .singleElement()
                .satisfies(c -> assertThat(c.value()).contains("algorithm=SHA-512-256"));
    }

    @Test
    void several_realms_are_answered_together() {
        DigestAuthenticator.Exchange exchange = client.newExchange();

        exchange.challenged(
                List.of(
                        "Digest realm=\"one\", nonce=\"a\", algorithm=MD5, qop=\"auth\"",
                        "Digest realm=\"two\", nonce=\"b\", algorithm=SHA-256, qop=\"auth\"",
                        "Digest realm=\"one\", nonce=\"c\", algorithm=SHA-256, qop=\"auth\""),
                true);

        assertThat(send(exchange))
                .extracting(DigestAuthenticator.Credentials::headerName)
                .containsExactly("Proxy-Authorization", "Proxy-Authorization");
        assertThat(send(exchange))
                .extracting(DigestAuthenticator.Credentials::value)
                .anySatisfy(v -> assertThat(v).contains("realm=\"one\"").contains("nonce=\"c\""))
                .anySatisfy(v -> assertThat(v).contains("realm=\"two\"").contains("nonce=\"b\""));
    }

    @Test
    void later_requests_carry_credentials_unasked_and_count_the_nonce_up() {
        DigestVerifier server = server("auth", DigestAlgorithm.SHA_256);
        DigestAuthenticator.Exchange first = client.newExchange();
        first.challenged(server.challenges(false), false);
        send(first);

        List<DigestAuthenticator.Credentials> second = send(client.newExchange());

        assertThat(second).singleElement().satisfies(c -> assertThat(c.value()).contains("nc=00000002"));
        assertThat(judge(server, second)).isEqualTo(Verdict.ACCEPTED);
        assertThat(judge(server, second)).isEqualTo(Verdict.REPLAYED);
    }

    /** As Kamailio, whose nonces depend on the second. */
    @Test
    void two_requests_at_a_time_may_be_challenged_with_the_same_nonce() {
        DigestVerifier server = server("auth", DigestAlgorithm.SHA_256);
        List<String> challenge = server.challenges(false);
        DigestAuthenticator.Exchange one = client.newExchange();
        DigestAuthenticator.Exchange other = client.newExchange();
        assertThat(send(one)).isEmpty();
        assertThat(send(other)).isEmpty();

        assertThat(one.challenged(challenge, true)).isNull();
        assertThat(judge(server, send(one))).isEqualTo(Verdict.ACCEPTED);
        assertThat(other.challenged(challenge, true)).isNull();
        assertThat(judge(server, send(other))).as("its count goes on").isEqualTo(Verdict.ACCEPTED);
        assertThat(other.challenged(challenge, true)).isEqualTo(AuthenticationProblem.WRONG_CREDENTIALS);
    }

    @Test
    void a_second_challenge_after_an_answer_means_the_password_is_wrong() {
        DigestVerifier server = server("auth", DigestAlgorithm.SHA_256);
        DigestAuthenticator.Exchange exchange = client.newExchange();
        exchange.challenged(server.challenges(false), false);
        send(exchange);

        assertThat(exchange.challenged(server.challenges(false), false))
                .isEqualTo(AuthenticationProblem.WRONG_CREDENTIALS);
        assertThat(send(client.newExchange()))
                .as("nothing is volunteered after that")
                .isEmpty();
    }

    @Test
    void credentials_sent_unasked_may_be_challenged_once_without_blame() {
        DigestVerifier server = server("auth", DigestAlgorithm.SHA_256);
        DigestAuthenticator.Exchange first = client.newExchange();
        first.challenged(server.challenges(false), false);
        send(first);
        server.forgetNonces();
        DigestAuthenticator.Exchange second = client.newExchange();
        send(second);

        assertThat(second.challenged(server.challenges(false), false)).isNull();
        assertThat(judge(server, send(second))).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void a_stale_nonce_is_replaced_but_not_for_ever() {
        DigestVerifier server = server("auth", DigestAlgorithm.SHA_256);
        DigestAuthenticator.Exchange exchange = client.newExchange();
        exchange.challenged(server.challenges(false), false);
        clock.addAndGet(Duration.ofMinutes(2).toNanos());
        assertThat(judge(server, send(exchange))).isEqualTo(Verdict.STALE);

        assertThat(exchange.challenged(server.challenges(true), false)).isNull();
        assertThat(judge(server, send(exchange))).isEqualTo(Verdict.ACCEPTED);
        assertThat(exchange.challenged(server.challenges(true), false)).isNull();
        assertThat(exchange.challenged(server.challenges(true), false)).isEqualTo(AuthenticationProblem.STALE);
    }

    @Test
    void next_nonce_replaces_the_nonce() {
        DigestVerifier server = server("auth", DigestAlgorithm.SHA_256);
        DigestAuthenticator.Exchange exchange = client.newExchange();
        exchange.challenged(server.challenges(false), false);
        send(exchange);
        String next = server.newNonce();

        client.authenticationInfo("qop=auth, nextnonce=\"" + next + "\", nc=00000001", false);

        assertThat(send(client.newExchange()))
                .singleElement()
                .satisfies(c -> assertThat(c.value()).contains(next).contains("nc=00000001"));
    }

    /** SIP's parser refuses such a header before; here it would stand in our own. */
    @Test
    void a_next_nonce_with_a_line_end_in_it_is_not_taken() {
        DigestVerifier server = server("auth", DigestAlgorithm.SHA_256);
        DigestAuthenticator.Exchange exchange = client.newExchange();
        exchange.challenged(server.challenges(false), false);
        send(exchange);

        client.authenticationInfo("nextnonce=\"a\rX-Injected: b\"", false);

        assertThat(send(client.newExchange()))
                .singleElement()
                .satisfies(c -> assertThat(c.value()).doesNotContain("\r", "X-Injected"));
    }

    @Test
    void md5_is_refused_where_the_floor_says_so() {
        DigestAuthenticator strict = new DigestAuthenticator("1001", password, false, Seeds.random(1));

        assertThat(strict.newExchange()
                        .challenged(server("auth", DigestAlgorithm.MD5).challenges(false), false))
                .isEqualTo(AuthenticationProblem.TOO_WEAK);
        assertThat(strict.newExchange()
                        .challenged(
                                server("auth", DigestAlgorithm.MD5, DigestAlgorithm.SHA_256)
                                        .challenges(false),
                                false))
                .isNull();
    }

    private static String challenge(String realm, String algorithm) {
        return "Digest realm=\"" + realm + "\", nonce=\"n" + algorithm + "\", qop=\"auth\", algorithm=" + algorithm;
    }

    @Test
    void md5_is_refused_by_a_realm_that_has_asked_for_better_before() {
        client.newExchange().challenged(List.of(challenge("pbx", "SHA-256")), false);

        DigestAuthenticator.Exchange later = client.newExchange();

        assertThat(later.challenged(List.of(challenge("pbx", "MD5")), false))
                .isEqualTo(AuthenticationProblem.DOWNGRADED);
        assertThat(client.newExchange().challenged(List.of("Digest realm=\"pbx\", nonce=\"m\""), true))
                .as("without an algorithm it is MD5 too, and a proxy is no way round")
                .isEqualTo(AuthenticationProblem.DOWNGRADED);
        assertThat(send(client.newExchange()))
                .as("what was agreed on before goes on")
                .singleElement()
                .satisfies(c -> assertThat(c.value()).contains("algorithm=SHA-256"));
        assertThat(client.newExchange()
                        .challenged(List.of(challenge("pbx", "MD5"), challenge("pbx", "SHA-512-256")), false))
                .as("beside something better it is passed over")
                .isNull();
    }

    @Test
    void a_downgrade_within_one_request_is_refused_as_one() {
        DigestAuthenticator.Exchange exchange = client.newExchange();
        exchange.challenged(List.of(challenge("pbx", "SHA-256")), false);
        send(exchange);

        assertThat(exchange.challenged(List.of(challenge("pbx", "MD5"), challenge("other", "SHA-256")), false))
                .isEqualTo(AuthenticationProblem.DOWNGRADED);
    }

    @Test
    void no_more_than_six_realms_are_answered() {
        DigestAuthenticator.Exchange exchange = client.newExchange();
        for (int i = 0; i <= 6; i++) {
            assertThat(exchange.challenged(List.of(challenge("realm" + i, "SHA-256")), true))
                    .isEqualTo(i < 6 ? null : AuthenticationProblem.UNSUPPORTED);
        }
        assertThat(send(exchange)).hasSize(6);
    }

    @Test
    void the_realms_that_asked_for_better_are_remembered_up_to_a_bound() {
        for (int i = 0; i <= 64; i++) {
            DigestAuthenticator.Exchange exchange = client.newExchange();
            exchange.challenged(List.of(challenge("realm" + i, "SHA-256")), true);
            assertThat(send(exchange)).hasSize(1);
            assertThat(exchange.challenged(List.of(challenge("realm" + i, "SHA-256")), true))
                    .isEqualTo(AuthenticationProblem.WRONG_CREDENTIALS);
        }

        assertThat(client.newExchange().challenged(List.of(challenge("realm63", "MD5")), true))
                .isEqualTo(AuthenticationProblem.DOWNGRADED);
        assertThat(client.newExchange().challenged(List.of(challenge("realm64", "MD5")), true))
                .isNull();
    }

    @Test
    void a_realm_that_never_asked_for_better_may_ask_for_md5_as_before() {
        client.newExchange().challenged(List.of(challenge("pbx", "SHA-256")), false);

        assertThat(client.newExchange().challenged(List.of(challenge("other", "MD5")), false))
                .isNull();
    }

    @Test
    void a_lab_may_allow_the_downgrade() {
        DigestAuthenticator lab = new DigestAuthenticator("1001", password, null, true, true, Seeds.random(1));
        lab.newExchange().challenged(List.of(challenge("pbx", "SHA-256")), false);

        assertThat(lab.newExchange().challenged(List.of(challenge("pbx", "MD5")), false))
                .isNull();
    }

    @Test
    void an_unsupported_challenge_is_reported_as_such() {
        for (String challenge : List.of(
                "Basic realm=\"pbx\"",
                "Digest realm=\"pbx\", nonce=\"n\", algorithm=SHA-1",
                "Digest realm=\"pbx\", nonce=\"n\", qop=\"token\"",
                "Digest realm=\"pbx\"",
                "Digest realm=\"pbx, nonce=",
                "Digest",
                "")) {
            assertThat(client.newExchange().challenged(List.of(challenge), false))
                    .as(challenge)
                    .isEqualTo(AuthenticationProblem.UNSUPPORTED);
        }
    }

    @Test
    void the_server_tells_wrong_from_unknown_from_missing() {
        DigestVerifier server = server("auth", DigestAlgorithm.SHA_256);
        DigestAuthenticator wrong = new DigestAuthenticator("1001", Secret.of("1234"), true, Seeds.random(1));
        DigestAuthenticator.Exchange exchange = wrong.newExchange();
        exchange.challenged(server.challenges(false), false);
        DigestAuthenticator unknown = new DigestAuthenticator("666", password, true, Seeds.random(1));
        DigestAuthenticator.Exchange other = unknown.newExchange();
        other.challenged(server.challenges(false), false);

        assertThat(judge(server, send(exchange))).isEqualTo(Verdict.WRONG);
        assertThat(judge(server, send(other))).isEqualTo(Verdict.UNKNOWN_USER);
        assertThat(judge(server, List.of())).isEqualTo(Verdict.MISSING);
        assertThat(judge(server, List.of(new DigestAuthenticator.Credentials("Authorization", "Digest a=\"b"))))
                .isEqualTo(Verdict.MALFORMED);
    }

    @Test
    void requests_that_overtake_each_other_are_each_accepted_once() {
        DigestVerifier server = server("auth", DigestAlgorithm.SHA_256);
        DigestAuthenticator.Exchange exchange = client.newExchange();
        exchange.challenged(server.challenges(false), false);
        List<DigestAuthenticator.Credentials> one = send(exchange);
        List<DigestAuthenticator.Credentials> two = send(exchange);
        List<DigestAuthenticator.Credentials> three = send(exchange);

        assertThat(judge(server, three)).isEqualTo(Verdict.ACCEPTED);
        assertThat(judge(server, one)).isEqualTo(Verdict.ACCEPTED);
        assertThat(judge(server, two)).isEqualTo(Verdict.ACCEPTED);
        assertThat(judge(server, one)).isEqualTo(Verdict.REPLAYED);
        assertThat(judge(server, three)).isEqualTo(Verdict.REPLAYED);
    }

    @Test
    void RFC7616_5_12_each_nonce_is_answered_with_a_client_nonce_of_its_own() {
        Set<String> cnonces = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            DigestAuthenticator.Exchange exchange = client.newExchange();
            exchange.challenged(
                    List.of("Digest realm=\"pbx\", nonce=\"n" + i + "\", algorithm=SHA-256, qop=\"auth\""), false);
            String value = send(exchange).get(0).value();
            Matcher cnonce = Pattern.compile("cnonce=\"([0-9a-f]{16,})\"").matcher(value);
            assertThat(cnonce.find()).as(value).isTrue();
            cnonces.add(cnonce.group(1));
        }
        assertThat(cnonces).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({"pbx, SHA-256, true", "other, SHA-256, false", "pbx, MD5, false", "pbx, SHA-512-256, false"})
    void a_hash_answers_the_realm_and_algorithm_that_it_was_made_for_and_no_other(
            String realm, String algorithm, boolean answered) {
        DigestAuthenticator hashed = new DigestAuthenticator(
                "1001", Secret.of("a1b2"), new PasswordHash("pbx", "SHA-256"), true, false, Seeds.random(4));
        DigestAuthenticator.Exchange exchange = hashed.newExchange();

        AuthenticationProblem problem = exchange.challenged(
                List.of("Digest realm=\"" + realm + "\", nonce=\"n\", algorithm=" + algorithm + ", qop=\"auth\""),
                false);

        assertThat(problem).isEqualTo(answered ? null : AuthenticationProblem.UNSUPPORTED);
        assertThat(send(exchange)).hasSize(answered ? 1 : 0);
    }

    @Test
    void after_a_change_of_the_password_nothing_of_the_old_one_is_sent() {
        DigestVerifier server = server("auth", DigestAlgorithm.SHA_256);
        client.newExchange().challenged(server.challenges(false), false);
        assertThat(send(client.newExchange())).hasSize(1);

        client.update(Secret.of("another"));

        assertThat(send(client.newExchange())).isEmpty();
        DigestAuthenticator.Exchange exchange = client.newExchange();
        exchange.challenged(server.challenges(false), false);
        assertThat(judge(server, send(exchange))).isEqualTo(Verdict.WRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\\b", "a\\\"b\\", "J\u00fcrgen"})
    void RFC7616_4_a_name_with_quotes_and_backslashes_arrives_as_it_is(String name) {
        DigestAuthenticator odd = new DigestAuthenticator(name, password, true, Seeds.random(5));
        DigestVerifier server = server("auth", DigestAlgorithm.SHA_256);
        DigestAuthenticator.Exchange exchange = odd.newExchange();
        exchange.challenged(server.challenges(false), false);

        var judged = server.verify(
                List.of(send(exchange).get(0).value()),
                "REGISTER",
                NO_BODY,
                user -> user.equals(name) ? password : null);

        assertThat(judged.verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void nothing_prints_the_user_or_a_digest() {
        DigestAuthenticator.Exchange exchange = client.newExchange();
        exchange.challenged(List.of("Digest realm=\"r\", nonce=\"n\""), false);

        assertThat(send(exchange).toString() + client).doesNotContain("1001").doesNotContain("response");
    }
}
