// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation.Agreed;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation.Refused;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.stack.media.codec.Codecs;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.media.dtls.DtlsRole;
import com.techpro.callclient.stack.media.dtls.Fingerprint;
import com.techpro.callclient.testkit.contracts.RandomDraws;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys an offer and its answer settle, under each policy; the far end's descriptions are text. */
class KeyAgreementTest {
    private static final String PRINT = "sha-256 12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD:B9:B1:3F:82:18:3B:54:02:"
            + "12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD";
    private static final String OTHER = PRINT.replace("12:DF", "13:DF");
    private static final String CRYPTO =
            "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

    @ParameterizedTest
    @CsvSource({
        "PREFER_SDES, RTP/SAVP, true, false",
        "SDES_ONLY, RTP/SAVP, true, false",
        "PREFER_DTLS, UDP/TLS/RTP/SAVP, false, true",
        "DTLS_ONLY, UDP/TLS/RTP/SAVP, false, true",
        "OFFER_BOTH, RTP/SAVP, true, true"
    })
    void an_offer_carries_the_keying_of_the_policy(KeyingPolicy policy, String profile, boolean sdes, boolean dtls) {
        MediaDescription line = offer(policy).media().get(0);
        assertThat(line.protocol()).isEqualTo(profile);
        assertThat(line.has("crypto")).isEqualTo(sdes);
        assertThat(line.has("fingerprint")).isEqualTo(dtls);
        // RFC 5763 §5: whoever offers lets the other side choose.
        assertThat(line.values("setup")).isEqualTo(dtls ? List.of("actpass") : List.of());
        assertThat(line.has("rtcp-mux")).isTrue();
    }

    /** RFC 4568 §6.1: no call has a key of another, nor has the call that replaces it (RFC 3891). */
    @Test
    void every_call_has_random_keys_for_each_suite_and_a_random_session_ID() {
        Random random = Seeds.random(1);
        RandomDraws.assertRandomOctets(() -> {
            LocalMedia first = LocalMedia.create(
                    new InetSocketAddress("192.0.2.1", 4000),
                    SecurityFloor.DEFAULT,
                    Codecs.ALL,
                    KeyingPolicy.PREFER_SDES,
                    new DtlsIdentity(random, Instant.EPOCH),
                    random);
            ByteBuffer drawn = ByteBuffer.allocate(1_000);
            for (LocalMedia each : List.of(first, first.renewed(random))) {
                drawn.putInt((int) each.sessionId());
                SecurityFloor.DEFAULT
                        .suites()
                        .forEach(suite -> drawn.put(each.keysFor(suite).masterKeySalt()));
            }
            return Arrays.copyOf(drawn.array(), drawn.position());
        });
    }

    @ParameterizedTest
    @CsvSource({"actpass, active, CLIENT", "active, passive, SERVER", "passive, active, CLIENT"})
    void RFC5763_5_the_answerer_takes_the_complementary_DTLS_role(String theirs, String ours, DtlsRole role)
            throws Exception {
        Agreed answer =
                answered(KeyingPolicy.PREFER_SDES, "UDP/TLS/RTP/SAVPF", "a=setup:" + theirs, fingerprint(PRINT));
        assertThat(answer.local().media().get(0).values("setup")).containsExactly(ours);
        assertThat(answer.local().media().get(0).protocol()).isEqualTo("UDP/TLS/RTP/SAVPF");
        Keying.Dtls keying = (Keying.Dtls) answer.media().keying();
        assertThat(keying.role()).isEqualTo(role);
        assertThat(keying.theirs()).containsExactly(Fingerprint.parse(PRINT));
        assertThat(answer.local().media().get(0).values("fingerprint"))
                .containsExactly(keying.own().fingerprint().toAttribute());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=setup:holdconn|a=fingerprint:" + PRINT,
                "a=setup:active",
                "a=fingerprint:" + PRINT,
                "a=setup:actpass|a=fingerprint:sha-1 12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD:B9:B1:3F:82:18:3B:54:02",
                "a=setup:actpass|a=fingerprint:sha-256 12:DF"
            })
    void an_offer_of_DTLS_that_nobody_could_take_up_safely_is_refused(String attributes) throws Exception {
        assertThat(refused(answer(KeyingPolicy.PREFER_SDES, "UDP/TLS/RTP/SAVP", attributes.split("\\|"))))
                .isEqualTo(MediaProblem.ENCRYPTION_UNSUPPORTED);
    }

    @Test
    void an_answer_that_the_keying_policy_excludes_is_refused() throws Exception {
        assertThat(refused(answer(KeyingPolicy.SDES_ONLY, "UDP/TLS/RTP/SAVP", "a=setup:actpass", fingerprint(PRINT))))
                .isEqualTo(MediaProblem.ENCRYPTION_UNSUPPORTED);
        assertThat(refused(answer(KeyingPolicy.DTLS_ONLY, "RTP/SAVP", CRYPTO)))
                .isEqualTo(MediaProblem.ENCRYPTION_REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"PREFER_SDES, false", "OFFER_BOTH, false", "PREFER_DTLS, true", "DTLS_ONLY, true", "SDES_ONLY, false"})
    void of_an_offer_of_both_the_preferred_is_taken_and_the_answer_names_it_alone(KeyingPolicy policy, boolean dtls)
            throws Exception {
        Agreed answer = answered(policy, "RTP/SAVP", CRYPTO, "a=setup:actpass", fingerprint(PRINT));
        MediaDescription line = answer.local().media().get(0);
        assertThat(line.has("fingerprint")).isEqualTo(dtls);
        assertThat(line.has("crypto")).isEqualTo(!dtls);
    }

    @ParameterizedTest
    @CsvSource({"active, SERVER", "passive, CLIENT"})
    void the_setup_attribute_of_the_answer_decides_the_DTLS_role(String theirs, DtlsRole role) throws Exception {
        Agreed concluded =
                (Agreed) conclude(KeyingPolicy.DTLS_ONLY, "UDP/TLS/RTP/SAVP", "a=setup:" + theirs, fingerprint(PRINT));
        assertThat(((Keying.Dtls) concluded.media().keying()).role()).isEqualTo(role);
    }

    @Test
    void of_an_offer_of_both_either_answer_will_do() throws Exception {
        assertThat(((Agreed) conclude(KeyingPolicy.OFFER_BOTH, "RTP/SAVP", "a=setup:active", fingerprint(PRINT)))
                        .media()
                        .keying())
                .isInstanceOf(Keying.Dtls.class);
        assertThat(((Agreed) conclude(KeyingPolicy.OFFER_BOTH, "RTP/SAVP", CRYPTO.replace("crypto:1", "crypto:3")))
                        .media()
                        .keying())
                .isInstanceOf(Keying.Sdes.class);
    }

    /** RFC 5763 §5: actpass is for offers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UDP/TLS/RTP/SAVP|a=setup:actpass|a=fingerprint:" + PRINT,
                "UDP/TLS/RTP/SAVP|a=setup:active",
                "RTP/SAVP|" + CRYPTO,
                "RTP/AVP"
            })
    void an_answer_without_the_keys_that_were_offered_is_a_downgrade(String answer) throws Exception {
        String[] words = answer.split("\\|");
        MediaProblem problem =
                refused(conclude(KeyingPolicy.DTLS_ONLY, words[0], Arrays.copyOfRange(words, 1, words.length)));
        assertThat(problem).isIn(MediaProblem.ENCRYPTION_REFUSED, MediaProblem.ENCRYPTION_UNSUPPORTED);
    }

    /** RFC 3264 §6: also keys of the kind that was not offered are none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UDP/TLS/RTP/SAVP|a=setup:active|a=fingerprint:" + PRINT,
                "RTP/SAVP|a=setup:active|a=fingerprint:" + PRINT,
                "RTP/SAVP",
                "RTP/AVP|" + CRYPTO,
                "RTP/AVP"
            })
    void an_answer_by_a_handshake_to_an_offer_of_keys_is_a_downgrade(String answer) throws Exception {
        String[] words = answer.split("\\|");
        MediaProblem problem =
                refused(conclude(KeyingPolicy.SDES_ONLY, words[0], Arrays.copyOfRange(words, 1, words.length)));
        assertThat(problem).isIn(MediaProblem.ENCRYPTION_REFUSED, MediaProblem.ENCRYPTION_UNSUPPORTED);
    }

    /** RFC 8842 §5.4: otherwise the handshake would be made anew, with the ends changed. */
    @ParameterizedTest
    @CsvSource({"SERVER, passive", "CLIENT, active"})
    void a_later_offer_leaves_the_roles_as_they_are(DtlsRole before, String ours) throws Exception {
        LocalMedia local = local(KeyingPolicy.PREFER_DTLS);
        SessionDescription offer = remote("UDP/TLS/RTP/SAVP", "a=setup:actpass", fingerprint(PRINT));
        Keying current = new Keying.Dtls(
                before,
                local.identity(),
                List.of(Fingerprint.parse(PRINT)),
                local.floor().suites());

        Agreed answer = (Agreed) OfferAnswer.answer(
                local, MediaDirection.SENDRECV, offer, OfferAnswer.offer(local, MediaDirection.SENDRECV), current);
        assertThat(answer.local().media().get(0).values("setup")).containsExactly(ours);
        assertThat(answer.media().keying()).isEqualTo(current);
    }

    /** baresip repeats in its answers what it once offered; of a first answer that is none (RFC 5763 §5). */
    @ParameterizedTest
    @CsvSource({"SERVER", "CLIENT"})
    void actpass_in_a_later_answer_leaves_the_roles_as_they_are(DtlsRole before) throws Exception {
        LocalMedia local = local(KeyingPolicy.PREFER_DTLS);
        SessionDescription answer = remote("UDP/TLS/RTP/SAVP", "a=setup:actpass", fingerprint(PRINT));
        Keying current = new Keying.Dtls(
                before,
                local.identity(),
                List.of(Fingerprint.parse(PRINT)),
                local.floor().suites());

        Negotiation later = OfferAnswer.conclude(local, offer(KeyingPolicy.PREFER_DTLS), answer, current);
        assertThat(((Agreed) later).media().keying()).isEqualTo(current);
        assertThat(OfferAnswer.conclude(local, offer(KeyingPolicy.PREFER_DTLS), answer))
                .isInstanceOf(Refused.class);
    }

    @Test
    void another_certificate_in_a_later_offer_is_another_handshake() throws Exception {
        Agreed first = answered(KeyingPolicy.PREFER_SDES, "UDP/TLS/RTP/SAVP", "a=setup:actpass", fingerprint(PRINT));
        LocalMedia local = local(KeyingPolicy.PREFER_SDES);
        Agreed second = (Agreed) OfferAnswer.answer(
                local,
                MediaDirection.SENDRECV,
                remote("UDP/TLS/RTP/SAVP", "a=setup:actpass", fingerprint(OTHER)),
                first.local(),
                first.media().keying());
        assertThat(second.media().keying()).isNotEqualTo(first.media().keying());
    }

    /** RFC 8842 §5.4, RFC 4145 §5: of a later description; a first one is of a new association in any case. */
    @ParameterizedTest
    @CsvSource({
        "a=connection:new, false",
        "a=connection:NEW, false",
        "a=tls-id:abc3de65cddef001be82, false",
        "a=connection:existing, true",
        "a=tls-id:first, true",
        "a=label:x, true"
    })
    void a_later_answer_says_whether_its_association_is_another(String line, boolean same) throws Exception {
        LocalMedia local = local(KeyingPolicy.PREFER_DTLS);
        SessionDescription offer = offer(KeyingPolicy.PREFER_DTLS);
        String[] first = {"a=setup:passive", fingerprint(PRINT), "a=connection:new", "a=tls-id:first"};
        Keying before = keying(OfferAnswer.conclude(local, offer, remote("UDP/TLS/RTP/SAVP", first)));
        Keying repeated = keying(OfferAnswer.conclude(local, offer, remote("UDP/TLS/RTP/SAVP", first)));
        assertThat(repeated).as("in a 183 and in the 200").isEqualTo(before);

        String[] later = {"a=setup:passive", fingerprint(PRINT), line};
        Keying after = keying(OfferAnswer.conclude(local, offer, remote("UDP/TLS/RTP/SAVP", later), before));
        assertThat(after.equals(before)).isEqualTo(same);
    }

    private static Keying keying(Negotiation outcome) {
        return ((Agreed) outcome).media().keying();
    }

    /** As client it would wait for a server that has forgotten, and says so only when asked. */
    @Test
    void a_far_end_that_once_forgot_its_handshake_is_left_to_begin_the_next() throws Exception {
        LocalMedia local = local(KeyingPolicy.PREFER_DTLS);
        SessionDescription offer = offer(KeyingPolicy.PREFER_DTLS);
        String[] passive = {"a=setup:passive", fingerprint(PRINT), "a=connection:new"};
        SessionDescription answer = remote("UDP/TLS/RTP/SAVP", passive);
        Keying first = keying(OfferAnswer.conclude(local, offer, answer));
        SessionDescription theirs = remote("UDP/TLS/RTP/SAVP", "a=setup:actpass", fingerprint(PRINT));
        assertThat(setup(OfferAnswer.answer(local, MediaDirection.SENDRECV, theirs, offer, first)))
                .containsExactly("active");

        Keying second = keying(OfferAnswer.conclude(local, offer, answer, first));
        assertThat(setup(OfferAnswer.answer(local, MediaDirection.SENDRECV, theirs, offer, second)))
                .containsExactly("passive");
    }

    private static List<String> setup(Negotiation outcome) {
        return ((Agreed) outcome).local().media().get(0).values("setup");
    }

    /** As a browser offers: a bundle of sections of which only the sound is taken. */
    @Test
    void RFC8843_a_section_keeps_its_name_and_its_bundle() throws Exception {
        String body = String.join(
                "\r\n",
                "v=0",
                "o=- 20 1 IN IP4 192.0.2.10",
                "s=-",
                "c=IN IP4 192.0.2.10",
                "t=0 0",
                "a=group:BUNDLE a1 v1",
                "a=fingerprint:" + PRINT,
                "m=audio 40000 UDP/TLS/RTP/SAVPF 111 0",
                "a=mid:a1",
                "a=setup:actpass",
                "a=rtcp-mux",
                "m=video 40000 UDP/TLS/RTP/SAVPF 96",
                "a=mid:v1",
                "a=rtcp-mux",
                "");
        SessionDescription offer = SessionDescription.parse(body.getBytes(StandardCharsets.UTF_8));
        Agreed answer = (Agreed) OfferAnswer.answer(local(KeyingPolicy.PREFER_SDES), MediaDirection.SENDRECV, offer);
        assertThat(answer.local().values("group")).containsExactly("BUNDLE a1");
        assertThat(answer.local().media().get(0).values("mid")).containsExactly("a1");
        assertThat(answer.local().media().get(1).port()).isZero();
        SessionDescription again =
                OfferAnswer.offer(local(KeyingPolicy.PREFER_SDES), MediaDirection.SENDONLY, answer.local(), null);
        assertThat(again.values("group")).containsExactly("BUNDLE a1");
        assertThat(again.media().get(0).values("mid")).containsExactly("a1");
        assertThat(again.media().get(0).values("setup")).containsExactly("actpass");
    }

    private static LocalMedia local(KeyingPolicy policy) {
        return LocalMedia.create(
                new InetSocketAddress("192.0.2.1", 9000),
                SecurityFloor.DEFAULT,
                Codecs.ALL,
                policy,
                new DtlsIdentity(Seeds.random(6), Instant.EPOCH),
                Seeds.random(7));
    }

    private static SessionDescription offer(KeyingPolicy policy) {
        return OfferAnswer.offer(local(policy), MediaDirection.SENDRECV);
    }

    private static Agreed answered(KeyingPolicy policy, String profile, String... attributes) throws Exception {
        return (Agreed) answer(policy, profile, attributes);
    }

    private static Negotiation answer(KeyingPolicy policy, String profile, String... attributes) throws Exception {
        return OfferAnswer.answer(local(policy), MediaDirection.SENDRECV, remote(profile, attributes));
    }

    private static Negotiation conclude(KeyingPolicy policy, String profile, String... attributes) throws Exception {
        return OfferAnswer.conclude(local(policy), offer(policy), remote(profile, attributes));
    }

    private static MediaProblem refused(Negotiation outcome) {
        return ((Refused) outcome).problem();
    }

    private static String fingerprint(String value) {
        return "a=fingerprint:" + value;
    }

    private static SessionDescription remote(String profile, String... attributes) throws SdpException {
        String body = "v=0\r\no=- 20 1 IN IP4 192.0.2.10\r\ns=-\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\nm=audio 40000 "
                + profile + " 0 8\r\na=rtcp-mux\r\n" + String.join("\r\n", attributes)
                + (attributes.length == 0 ? "" : "\r\n");
        return SessionDescription.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
