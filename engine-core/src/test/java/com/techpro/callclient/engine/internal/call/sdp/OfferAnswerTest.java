// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.LAB;
import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.agreed;
import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.inline;
import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.keyed;
import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.keys;
import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.local;
import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.mediaLines;
import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.remote;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation.Agreed;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation.Refused;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.stack.media.MediaParameters;
import com.techpro.callclient.stack.media.PayloadTypeMap.NoiseFormat;
import com.techpro.callclient.stack.media.PayloadTypeMap.TelephoneEvents;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.G722;
import com.techpro.callclient.stack.media.codec.Opus;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OfferAnswerTest {

    /**
     * A row: what is offered, under which floor, with which wish of ours; and the media lines of the answer, or the refusal. In rows,
     * lines are separated by bars, and {@code $80}, {@code $256} and {@code $128} stand for keys, ours in the answers.
     */
    record Row(String name, SecurityFloor floor, MediaDirection wanted, String offer, String expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        String audio = "m=audio 4000 RTP/SAVP 0|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80";
        return Stream.of(
                row(
                        "encrypted PCMU",
                        audio,
                        "m=audio 9000 RTP/SAVP 0|a=rtpmap:0 PCMU/8000|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80|"
                                + "a=ptime:20|a=sendrecv"),
                row(
                        "the offerer's order of codecs decides, and one is answered",
                        "m=audio 4000 RTP/SAVP 8 0|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80",
                        "m=audio 9000 RTP/SAVP 8|a=rtpmap:8 PCMA/8000|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80|a=ptime:20|a=sendrecv"),
                row(
                        "codecs we lack are passed over, telephone events keep the offer's payload type",
                        "m=audio 4000 RTP/SAVP 96 111 0 99|a=rtpmap:96 speex/16000|a=rtpmap:111 G722/16000|a=rtpmap:99 telephone-event/8000"
                                + "|a=fmtp:99 0-16|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80",
                        "m=audio 9000 RTP/SAVP 0 99|a=rtpmap:0 PCMU/8000|a=rtpmap:99 telephone-event/8000|a=fmtp:99 0-15|"
                                + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80|a=ptime:20|a=sendrecv"),
                row(
                        "PCMA under a dynamic payload type",
                        "m=audio 4000 RTP/SAVP 97|a=rtpmap:97 pcma/8000/1|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80",
                        "m=audio 9000 RTP/SAVP 97|a=rtpmap:97 PCMA/8000|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80|a=ptime:20|a=sendrecv"),
                row(
                        "payload type 0 mapped to something else is not PCMU",
                        "m=audio 4000 RTP/SAVP 0|a=rtpmap:0 speex/8000|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80",
                        "NO_COMMON_CODEC"),
                row(
                        "our best suite wins, whatever the offer's order, under its tag",
                        "m=audio 4000 RTP/SAVP 0|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80|a=crypto:2 AEAD_AES_128_GCM $128|"
                                + "a=crypto:7 AEAD_AES_256_GCM $256",
                        "m=audio 9000 RTP/SAVP 0|a=rtpmap:0 PCMU/8000|a=crypto:7 AEAD_AES_256_GCM $256|a=ptime:20|a=sendrecv"),
                row(
                        "a suite below the floor is refused",
                        "m=audio 4000 RTP/SAVP 0|a=crypto:1 AES_CM_128_HMAC_SHA1_32 $80",
                        "ENCRYPTION_REFUSED"),
                row("SAVP without a key is refused", "m=audio 4000 RTP/SAVP 0", "ENCRYPTION_REFUSED"),
                row("clear RTP is refused", "m=audio 4000 RTP/AVP 0", "ENCRYPTION_REFUSED"),
                lab(
                        "clear RTP in a lab",
                        "m=audio 4000 RTP/AVP 0 101|a=rtpmap:101 telephone-event/8000",
                        "m=audio 9000 RTP/AVP 0 101|a=rtpmap:0 PCMU/8000|a=rtpmap:101 telephone-event/8000|a=fmtp:101 0-15|a=ptime:20|"
                                + "a=sendrecv"),
                lab("SAVP in a lab still needs a key", "m=audio 4000 RTP/SAVP 0", "ENCRYPTION_REFUSED"),
                row(
                        "a key under AVP is used",
                        "m=audio 4000 RTP/AVP 0|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80",
                        "m=audio 9000 RTP/AVP 0|a=rtpmap:0 PCMU/8000|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80|a=ptime:20|a=sendrecv"),
                row(
                        "feedback profiles are answered in kind",
                        "m=audio 4000 RTP/SAVPF 0|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80",
                        "m=audio 9000 RTP/SAVPF 0|a=rtpmap:0 PCMU/8000|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80|a=ptime:20|a=sendrecv"),
                row(
                        "DTLS is not ours yet",
                        "m=audio 4000 UDP/TLS/RTP/SAVP 0|a=fingerprint:sha-256 AA",
                        "ENCRYPTION_UNSUPPORTED"),
                row(
                        "DTLS with feedback, the fingerprint on the session",
                        "a=fingerprint:sha-256 AA|m=audio 4000 UDP/TLS/RTP/SAVPF 0|a=setup:actpass",
                        "ENCRYPTION_UNSUPPORTED"),
                row(
                        "DTLS under the profile that browsers once used",
                        "m=audio 4000 RTP/SAVPF 0|a=fingerprint:sha-256 AA|a=setup:actpass",
                        "ENCRYPTION_UNSUPPORTED"),
                row(
                        "DTLS that is offered but not insisted on",
                        "m=audio 4000 RTP/AVP 0|a=fingerprint:sha-256 AA|a=setup:actpass",
                        "ENCRYPTION_UNSUPPORTED"),
                lab(
                        "DTLS that is offered but not insisted on, in a lab",
                        "m=audio 4000 RTP/AVP 0|a=fingerprint:sha-256 AA",
                        "m=audio 9000 RTP/AVP 0|a=rtpmap:0 PCMU/8000|a=ptime:20|a=sendrecv"),
                row("DTLS beside a key of ours", audio + "|a=fingerprint:sha-256 AA", answer("sendrecv")),
                row("sound for everybody", "c=IN IP4 255.255.255.255|" + audio, "ADDRESS_UNUSABLE"),
                row("sound for ourselves", "c=IN IP4 127.0.0.1|" + audio, "ADDRESS_UNUSABLE"),
                row("sound for ourselves, IPv6", "c=IN IP6 ::1|" + audio, "ADDRESS_UNUSABLE"),
                row("reports for ourselves", audio + "|a=rtcp:53 IN IP4 127.0.0.1", "ADDRESS_UNUSABLE"),
                row("sound for a group", "c=IN IP4 224.2.1.1/127|" + audio, "UNSUPPORTED"),
                row(
                        "the first stream that can be sent is taken",
                        audio + "|c=IN IP4 127.0.0.1|" + audio,
                        "m=audio 0 RTP/SAVP 0|m=audio 9000 RTP/SAVP 0|a=rtpmap:0 PCMU/8000|"
                                + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80|a=ptime:20|a=sendrecv"),
                row(
                        "other streams are refused in their places",
                        "m=video 4002 RTP/SAVP 96|a=rtpmap:96 VP8/90000|" + audio + "|m=application 4004 UDP/BFCP *",
                        "m=video 0 RTP/SAVP 96|m=audio 9000 RTP/SAVP 0|a=rtpmap:0 PCMU/8000|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80|"
                                + "a=ptime:20|a=sendrecv|m=application 0 UDP/BFCP *"),
                lab(
                        "of two audio streams the encrypted one is taken",
                        "m=audio 4000 RTP/AVP 0|" + audio,
                        "m=audio 0 RTP/AVP 0|m=audio 9000 RTP/SAVP 0|a=rtpmap:0 PCMU/8000|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80|"
                                + "a=ptime:20|a=sendrecv"),
                row(
                        "of two equal audio streams the first is taken",
                        audio + "|" + audio,
                        "m=audio 9000 RTP/SAVP 0|a=rtpmap:0 PCMU/8000|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80|a=ptime:20|a=sendrecv|"
                                + "m=audio 0 RTP/SAVP 0"),
                row("no audio at all", "m=video 4002 RTP/SAVP 96", "UNSUPPORTED"),
                row(
                        "audio already removed",
                        "m=audio 0 RTP/SAVP 0|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80",
                        "UNSUPPORTED"),
                row("a name instead of an address", "c=IN IP4 phone.example|" + audio, "UNSUPPORTED"),
                row("sendonly is answered by recvonly", audio + "|a=sendonly", answer("recvonly")),
                row("inactive by inactive", audio + "|a=inactive", answer("inactive")),
                row("recvonly by sendonly", audio + "|a=recvonly", answer("sendonly")),
                row(
                        "the session's direction counts where the stream has none",
                        "a=sendonly|" + audio,
                        answer("recvonly")),
                row("the old hold by an unspecified address", "c=IN IP4 0.0.0.0|" + audio, answer("recvonly")),
                wish("holding, against sendrecv", MediaDirection.SENDONLY, audio, answer("sendonly")),
                wish("holding, against hold", MediaDirection.SENDONLY, audio + "|a=sendonly", answer("inactive")),
                row(
                        "multiplexed RTCP only if offered; a section keeps its name (RFC 5888 §9.1); attributes we do not know stay out",
                        audio + "|a=rtcp-mux|a=ice-ufrag:F7gI|a=ssrc:1 cname:x|a=mid:0|a=maxptime:150",
                        answer("sendrecv").replace("|a=rtpmap:0", "|a=mid:0|a=rtpmap:0") + "|a=rtcp-mux"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void answers(Row row) throws SdpException {
        LocalMedia local = local(row.floor);

        Negotiation outcome = OfferAnswer.answer(local, row.wanted, remote(row.offer));

        if (outcome instanceof Refused refused) {
            assertThat(refused.problem().name()).isEqualTo(row.expected);
        } else {
            assertThat(mediaLines(((Agreed) outcome).local())).isEqualTo(keyed(row.expected));
        }
    }

    @Test
    void our_keys_protect_sent_media_and_theirs_received_media() throws SdpException {
        LocalMedia local = local(SecurityFloor.DEFAULT);

        var media = agreed(OfferAnswer.answer(
                        local,
                        MediaDirection.SENDRECV,
                        remote("m=audio 4000 RTP/SAVP 0|a=crypto:1 AEAD_AES_128_GCM " + inline(28, 'z'))))
                .media()
                .parameters();

        assertThat(SdesOnly.local(media)).isEqualTo(local.keys().get(SrtpSuite.AEAD_AES_128_GCM));
        assertThat(SdesOnly.remote(media).masterKeySalt()).containsOnly('z');
        assertThat(media.remoteRtp()).isEqualTo(new InetSocketAddress("192.0.2.9", 4000));
        assertThat(media.remoteRtcp()).isEqualTo(new InetSocketAddress("192.0.2.9", 4001));
    }

    @Test
    void RFC3605_an_explicit_address_of_reports_is_used() throws SdpException {
        var media = agreed(OfferAnswer.answer(
                        local(LAB),
                        MediaDirection.SENDRECV,
                        remote("m=audio 4000 RTP/AVP 0|a=rtcp:5000 IN IP4 192.0.2.77")))
                .media()
                .parameters();

        assertThat(media.remoteRtcp()).isEqualTo(new InetSocketAddress("192.0.2.77", 5000));
    }

    @Test
    void the_offer_lists_codecs_events_and_every_suite_best_first() {
        SessionDescription offer = OfferAnswer.offer(local(SecurityFloor.DEFAULT), MediaDirection.SENDRECV);

        assertThat(mediaLines(offer))
                .isEqualTo(keyed(
                        "m=audio 9000 RTP/SAVP 96 9 8 0 98 101 97|a=rtpmap:96 opus/48000/2|a=fmtp:96 minptime=10;useinbandfec=1|"
                                + "a=rtpmap:9 G722/8000|a=rtpmap:8 PCMA/8000|a=rtpmap:0 PCMU/8000|a=rtpmap:98 red/8000|a=fmtp:98 9/9|"
                                + "a=rtpmap:101 telephone-event/8000|a=fmtp:101 0-15|a=rtpmap:97 telephone-event/48000|a=fmtp:97 0-15|a=crypto:1 AEAD_AES_256_GCM $256|a=crypto:2 AEAD_AES_128_GCM $128|"
                                + "a=crypto:3 AES_CM_128_HMAC_SHA1_80 $80|a=rtcp-xr:rcvr-rtt=all stat-summary=loss,dup,jitt voip-metrics pkt-loss-rle=256|"
                                + "a=ptime:20|a=sendrecv|a=rtcp-mux"));
        assertThat(new String(offer.encode(), StandardCharsets.UTF_8))
                .startsWith("v=0\r\no=- 42 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio");
    }

    @Test
    void a_lab_offers_clear_media() {
        SessionDescription offer = OfferAnswer.offer(local(LAB), MediaDirection.SENDRECV);

        assertThat(offer.media().get(0).protocol()).isEqualTo("RTP/AVP");
        assertThat(offer.media().get(0).has("crypto")).isFalse();
    }

    /** Answers to our offer of all suites, and what comes of them. */
    static Stream<Row> conclusions() {
        return Stream.of(
                row(
                        "good",
                        "m=audio 4000 RTP/SAVP 8 101|a=rtpmap:101 telephone-event/8000|a=crypto:3 AES_CM_128_HMAC_SHA1_80 $80",
                        "PCMA 101 AES_CM_128_HMAC_SHA1_80 SENDRECV"),
                row(
                        "no events",
                        "m=audio 4000 RTP/SAVP 0|a=crypto:1 AEAD_AES_256_GCM $256",
                        "PCMU -1 AEAD_AES_256_GCM SENDRECV"),
                row(
                        "far end holds from the start",
                        "m=audio 4000 RTP/SAVP 0|a=sendonly|a=crypto:1 AEAD_AES_256_GCM $256",
                        "PCMU -1 AEAD_AES_256_GCM RECVONLY held"),
                row("refused", "m=audio 0 RTP/SAVP 0", "NO_COMMON_CODEC"),
                row("downgraded to clear", "m=audio 4000 RTP/AVP 0", "ENCRYPTION_REFUSED"),
                row(
                        "a key but no encrypted profile",
                        "m=audio 4000 RTP/AVP 0|a=crypto:1 AEAD_AES_256_GCM $256",
                        "ENCRYPTION_REFUSED"),
                row("no key", "m=audio 4000 RTP/SAVP 0", "ENCRYPTION_REFUSED"),
                row(
                        "keys by DTLS, which was not offered",
                        "m=audio 4000 UDP/TLS/RTP/SAVP 0|a=fingerprint:sha-256 AA|a=setup:active",
                        "ENCRYPTION_UNSUPPORTED"),
                row(
                        "a tag we did not offer",
                        "m=audio 4000 RTP/SAVP 0|a=crypto:9 AEAD_AES_256_GCM $256",
                        "ENCRYPTION_REFUSED"),
                row(
                        "another suite under our tag",
                        "m=audio 4000 RTP/SAVP 0|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80",
                        "ENCRYPTION_REFUSED"),
                row(
                        "a weaker key length",
                        "m=audio 4000 RTP/SAVP 0|a=crypto:1 AEAD_AES_256_GCM $128",
                        "ENCRYPTION_REFUSED"),
                row(
                        "a codec we did not offer",
                        "m=audio 4000 RTP/SAVP 3|a=crypto:1 AEAD_AES_256_GCM $256",
                        "NO_COMMON_CODEC"),
                row("nothing", "", "UNSUPPORTED"));
    }

    private static int events(MediaParameters media) {
        TelephoneEvents events = media.telephoneEvents();
        return events == null ? -1 : events.payloadType();
    }

    @ParameterizedTest
    @MethodSource("conclusions")
    void concludes(Row row) throws SdpException {
        LocalMedia local = local(SecurityFloor.DEFAULT);
        SessionDescription sent = OfferAnswer.offer(local, MediaDirection.SENDRECV);

        Negotiation outcome = OfferAnswer.conclude(local, sent, remote(row.offer));

        if (outcome instanceof Refused refused) {
            assertThat(refused.problem().name()).isEqualTo(row.expected);
        } else {
            NegotiatedMedia media = ((Agreed) outcome).media();
            assertThat(media.parameters().codec().encodingName() + " "
                            + events(media.parameters()) + " "
                            + SdesOnly.remote(media.parameters()).suite() + " "
                            + media.parameters().direction() + (media.remoteHold() ? " held" : ""))
                    .isEqualTo(row.expected);
        }
    }

    @Test
    void an_encrypted_answer_to_a_clear_offer_makes_no_sense() throws SdpException {
        LocalMedia local = local(LAB);
        SessionDescription sent = OfferAnswer.offer(local, MediaDirection.SENDRECV);

        assertThat(OfferAnswer.conclude(
                        local, sent, remote("m=audio 4000 RTP/SAVP 0|a=crypto:1 AEAD_AES_256_GCM $256")))
                .isEqualTo(new Refused(MediaProblem.UNSUPPORTED));
    }

    @Test
    void RFC3264_8_the_version_grows_only_when_something_changed() {
        LocalMedia local = local(SecurityFloor.DEFAULT);
        SessionDescription first = OfferAnswer.offer(local, MediaDirection.SENDRECV);
        SessionDescription same = OfferAnswer.offer(local, MediaDirection.SENDRECV, first, null);
        SessionDescription held = OfferAnswer.offer(local, MediaDirection.SENDONLY, same, null);
        SessionDescription resumed = OfferAnswer.offer(local, MediaDirection.SENDRECV, held, null);

        assertThat(Stream.of(first, same, held, resumed).map(d -> d.origin().version()))
                .containsExactly("1", "1", "2", "3");
        assertThat(same).isEqualTo(first);
    }

    @Test
    void RFC3264_8_a_new_media_address_keeps_the_origin_and_increments_the_version() throws SdpException {
        LocalMedia local = local(SecurityFloor.DEFAULT);
        SessionDescription first = OfferAnswer.offer(local, MediaDirection.SENDRECV);
        LocalMedia moved = local.at(new InetSocketAddress("198.51.100.1", 9100));
        SessionDescription offer = OfferAnswer.offer(moved, MediaDirection.SENDRECV, first, null);
        SessionDescription answer = agreed(OfferAnswer.answer(
                        moved,
                        MediaDirection.SENDRECV,
                        remote("m=audio 4000 RTP/SAVP 0|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80"),
                        offer,
                        null))
                .local();

        assertThat(offer.origin().encode()).isEqualTo("- 42 2 IN IP4 192.0.2.1");
        assertThat(offer.connection()).isEqualTo("IN IP4 198.51.100.1");
        assertThat(answer.origin().encode()).isEqualTo("- 42 3 IN IP4 192.0.2.1");
        assertThat(OfferAnswer.offer(moved, MediaDirection.SENDRECV, offer, null))
                .isEqualTo(offer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '/',
            value = {
                "'' / 20",
                "a=ptime:20 / 20",
                "a=ptime:10 / 10",
                "a=ptime:30 / 30",
                "a=ptime:60 / 60",
                "a=maxptime:150 / 20",
                "a=maxptime:10 / 10",
                "a=ptime:40|a=maxptime:30 / 30",
                "a=ptime:40|a=ptime:10 / 40",
                "a=ptime:1 / 10",
                "a=ptime:500 / 100",
                "a=ptime:0 / 20",
                "a=ptime:-30 / 20",
                "a=ptime:twenty|a=maxptime: / 20"
            })
    void RFC8866_6_4_packets_follow_the_far_ends_ptime_up_to_its_maxptime(String lines, int millis)
            throws SdpException {
        LocalMedia local = local(LAB);
        SessionDescription theirs = remote("m=audio 4000 RTP/AVP 0" + (lines.isEmpty() ? "" : "|" + lines));
        SessionDescription offer = OfferAnswer.offer(local, MediaDirection.SENDRECV);

        assertThat(agreed(OfferAnswer.answer(local, MediaDirection.SENDRECV, theirs))
                        .media()
                        .parameters()
                        .packetMillis())
                .isEqualTo(millis);
        assertThat(agreed(OfferAnswer.conclude(local, offer, theirs))
                        .media()
                        .parameters()
                        .packetMillis())
                .isEqualTo(millis);
    }

    @Test
    void sound_for_ourselves_is_good_where_the_phone_system_is_on_this_machine() throws SdpException {
        LocalMedia local = local(SecurityFloor.DEFAULT).at(new InetSocketAddress("127.0.0.1", 9000));

        assertThat(OfferAnswer.answer(
                        local,
                        MediaDirection.SENDRECV,
                        remote("c=IN IP4 127.0.0.1|m=audio 4000 RTP/SAVP 0|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80")))
                .isInstanceOf(Agreed.class);
    }

    @Test
    void wideband_is_used_where_both_support_it_with_any_payload_type() throws SdpException {
        LocalMedia local = local(LAB);
        SessionDescription offer = OfferAnswer.offer(local, MediaDirection.SENDRECV);

        MediaParameters answering = agreed(OfferAnswer.answer(
                        local, MediaDirection.SENDRECV, remote("m=audio 4000 RTP/AVP 99 0|a=rtpmap:99 g722/8000/1")))
                .media()
                .parameters();
        MediaParameters offering = agreed(
                        OfferAnswer.conclude(local, offer, remote("m=audio 4000 RTP/AVP 99|a=rtpmap:99 G722/8000")))
                .media()
                .parameters();

        assertThat(answering.codec()).isEqualTo(new PayloadFormat(G722.INSTANCE, 99));
        assertThat(offering.codec()).isEqualTo(new PayloadFormat(G722.INSTANCE, 99));
        // Whoever offered receives under his own numbers (RFC 3264 §5.1)
        assertThat(offering.received().codecs())
                .contains(PayloadFormat.ofStatic(G722.INSTANCE), PayloadFormat.ofStatic(G711.ALAW));
    }

    /** RFC 7587 §7, RFC 4733 §2.1: events count in the clock of the codec they stand beside. */
    @Test
    void opus_is_spoken_as_the_far_end_hears_it_with_events_of_its_clock() throws SdpException {
        LocalMedia local = local(LAB);
        SessionDescription offer = remote("m=audio 4000 RTP/AVP 111 0 110 126|a=rtpmap:111 opus/48000/2|"
                + "a=fmtp:111 maxplaybackrate=16000; minptime=40; useinbandfec=1|"
                + "a=rtpmap:110 telephone-event/48000|a=rtpmap:126 telephone-event/8000|a=ptime:20");

        Agreed answer = agreed(OfferAnswer.answer(local, MediaDirection.SENDRECV, offer));

        assertThat(mediaLines(answer.local()))
                .isEqualTo(
                        "m=audio 9000 RTP/AVP 111 110|a=rtpmap:111 opus/48000/2|a=fmtp:111 minptime=10;useinbandfec=1|"
                                + "a=rtpmap:110 telephone-event/48000|a=fmtp:110 0-15|a=ptime:20|a=sendrecv");
        MediaParameters media = answer.media().parameters();
        assertThat(media.codec())
                .isEqualTo(new PayloadFormat(Opus.INSTANCE, 111, "maxplaybackrate=16000; minptime=40; useinbandfec=1"));
        assertThat(media.telephoneEvents()).isEqualTo(new TelephoneEvents(110, 48_000));
        assertThat(media.packetMillis()).isEqualTo(40);
    }

    /** As from phone systems that were there before Opus. */
    @Test
    void events_of_8000_serve_beside_opus_where_there_are_no_others() throws SdpException {
        LocalMedia local = local(LAB);
        Agreed answer = agreed(OfferAnswer.answer(
                local,
                MediaDirection.SENDRECV,
                remote("m=audio 4000 RTP/AVP 107 101|a=rtpmap:107 opus/48000/2|a=rtpmap:101 telephone-event/8000")));
        Agreed offer = agreed(OfferAnswer.conclude(
                local,
                OfferAnswer.offer(local, MediaDirection.SENDRECV),
                remote("m=audio 4000 RTP/AVP 96 101|a=rtpmap:96 opus/48000/2|a=rtpmap:101 telephone-event/8000")));

        assertThat(mediaLines(answer.local()))
                .contains("m=audio 9000 RTP/AVP 107 101|", "a=rtpmap:101 telephone-event/8000");
        assertThat(answer.media().parameters().telephoneEvents()).isEqualTo(new TelephoneEvents(101, 8_000));
        assertThat(answer.media().parameters().received().telephoneEvents())
                .containsExactly(new TelephoneEvents(101, 8_000));
        assertThat(offer.media().parameters().telephoneEvents()).isEqualTo(new TelephoneEvents(101, 8_000));
        assertThat(offer.media().parameters().received().telephoneEvents()).contains(new TelephoneEvents(101, 8_000));
    }

    /** RFC 3389 §4. It is answered where the codec needs it, under the offer's number, and never offered. */
    @Test
    void comfort_noise_is_agreed_if_offered_beside_a_codec_without_its_own() throws SdpException {
        LocalMedia local = local(LAB);
        Agreed fixed = agreed(OfferAnswer.answer(
                local,
                MediaDirection.SENDRECV,
                remote("m=audio 4000 RTP/AVP 9 13 101|a=rtpmap:101 telephone-event/8000")));
        Agreed dynamic = agreed(OfferAnswer.answer(
                local,
                MediaDirection.SENDRECV,
                remote("m=audio 4000 RTP/AVP 0 97 98|a=rtpmap:97 CN/16000|a=rtpmap:98 cn/8000/1")));
        Agreed opus = agreed(OfferAnswer.answer(
                local,
                MediaDirection.SENDRECV,
                remote("m=audio 4000 RTP/AVP 96 97 13|a=rtpmap:96 opus/48000/2|a=rtpmap:97 CN/48000")));

        assertThat(mediaLines(fixed.local()))
                .startsWith("m=audio 9000 RTP/AVP 9 13 101|a=rtpmap:9 G722/8000|a=rtpmap:13 CN/8000|");
        assertThat(fixed.media().parameters().received().comfortNoise()).containsExactly(new NoiseFormat(13, 8_000));
        assertThat(dynamic.media().parameters().received().comfortNoise()).containsExactly(new NoiseFormat(98, 8_000));
        assertThat(opus.media().parameters().received().comfortNoise()).isEmpty();
        assertThat(mediaLines(opus.local())).doesNotContain("CN/");
        SessionDescription offer = OfferAnswer.offer(local, MediaDirection.SENDRECV);
        assertThat(mediaLines(offer)).doesNotContain("CN/");
        assertThat(agreed(OfferAnswer.conclude(local, offer, remote("m=audio 4000 RTP/AVP 0 13")))
                        .media()
                        .parameters()
                        .received()
                        .comfortNoise())
                .isEmpty();
    }

    /** RFC 3264 §8: what was agreed on stays so, under the numbers it has. */
    @Test
    void a_later_offer_keeps_the_comfort_noise_that_was_agreed_on() throws SdpException {
        LocalMedia local = local(LAB);
        String theirs = "m=audio 4000 RTP/AVP 0 98 101|a=rtpmap:98 CN/8000|a=rtpmap:101 telephone-event/8000";
        Agreed first = agreed(OfferAnswer.answer(local, MediaDirection.SENDRECV, remote(theirs)));

        SessionDescription offer = OfferAnswer.offer(local, MediaDirection.SENDONLY, first.local(), null);
        Agreed kept = agreed(OfferAnswer.conclude(local, offer, remote(theirs)));
        Agreed other = agreed(OfferAnswer.conclude(
                local, offer, remote("m=audio 4000 RTP/AVP 0 13 101|a=rtpmap:101 telephone-event/8000")));
        Agreed dropped = agreed(OfferAnswer.conclude(local, offer, remote("m=audio 4000 RTP/AVP 0")));

        assertThat(mediaLines(offer)).containsOnlyOnce("a=rtpmap:98 CN/8000").containsOnlyOnce(" 98 ");
        assertThat(kept.media().parameters().received().comfortNoise()).containsExactly(new NoiseFormat(98, 8_000));
        // It is sent under the far end's number, and comes under ours
        assertThat(other.media().parameters().received().comfortNoise())
                .containsExactly(new NoiseFormat(13, 8_000), new NoiseFormat(98, 8_000));
        assertThat(dropped.media().parameters().received().comfortNoise()).isEmpty();
        assertThat(mediaLines(OfferAnswer.offer(local, MediaDirection.SENDRECV, kept.local(), null)))
                .contains("a=rtpmap:98 CN/8000");
    }

    /** RFC 3264 §5.1: a number means what the side says that receives under it. */
    @Test
    void events_are_sent_in_the_clock_that_the_far_end_gives_their_number() throws SdpException {
        LocalMedia local = local(LAB);
        SessionDescription offer = OfferAnswer.offer(local, MediaDirection.SENDRECV);
        assertThat(mediaLines(offer)).contains("a=rtpmap:101 telephone-event/8000");

        Agreed wide = agreed(OfferAnswer.conclude(
                local,
                offer,
                remote("m=audio 4000 RTP/AVP 96 101|a=rtpmap:96 opus/48000/2|a=rtpmap:101 telephone-event/48000")));

        assertThat(wide.media().parameters().telephoneEvents()).isEqualTo(new TelephoneEvents(101, 48_000));
        assertThat(wide.media().parameters().received().telephoneEvents())
                .as("what comes counts as we said")
                .startsWith(new TelephoneEvents(101, 8_000));
    }

    @Test
    void an_account_says_which_codecs_it_likes_best_and_the_others_follow() throws SdpException {
        SipAccount account = SipAccount.builder("alice", "example.com", Secret.of("x"))
                .codecPreference(List.of("pcmu", "G722"))
                .build();
        LocalMedia local = LocalMedia.create(
                new InetSocketAddress("192.0.2.1", 9000), account, SdesOnly.identity(), Seeds.random(1));

        assertThat(OfferAnswer.offer(local, MediaDirection.SENDRECV)
                        .media()
                        .get(0)
                        .formats())
                .containsExactly("0", "9", "96", "8", "98", "101", "97");
        // RFC 3264 §6.1: an answer follows the offer's order
        assertThat(agreed(OfferAnswer.answer(
                                local,
                                MediaDirection.SENDRECV,
                                remote("m=audio 4000 RTP/SAVP 8 0|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80")))
                        .media()
                        .parameters()
                        .codec())
                .isEqualTo(PayloadFormat.ofStatic(G711.ALAW));
    }

    @Test
    void RFC3264_8_our_later_offer_keeps_places_profile_and_payload_types_of_our_answer() throws SdpException {
        LocalMedia local = local(SecurityFloor.DEFAULT);
        SessionDescription answer = agreed(OfferAnswer.answer(
                        local,
                        MediaDirection.SENDRECV,
                        remote("m=video 4002 RTP/AVP 96|m=audio 4000 RTP/AVP 0 97|a=rtpmap:97 telephone-event/8000|"
                                + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80")))
                .local();

        SessionDescription offer = OfferAnswer.offer(local, MediaDirection.SENDONLY, answer, null);

        assertThat(offer.media()).hasSize(2);
        assertThat(offer.media().get(0).port()).isZero();
        assertThat(offer.media().get(1).protocol()).isEqualTo("RTP/AVP");
        assertThat(offer.media().get(1).formats()).containsExactly("96", "9", "8", "0", "97", "101");
        assertThat(offer.media().get(1).has("crypto")).isTrue();
        assertThat(offer.media().get(1).has("sendonly")).isTrue();
    }

    @Test
    void two_of_us_agree_and_hold_and_resume() {
        LocalMedia alice = local(SecurityFloor.DEFAULT);
        LocalMedia bob = SdesOnly.of(
                43,
                new InetSocketAddress("192.0.2.2", 7000),
                SecurityFloor.DEFAULT,
                Map.of(
                        SrtpSuite.AEAD_AES_256_GCM, keys(SrtpSuite.AEAD_AES_256_GCM, 'b'),
                        SrtpSuite.AEAD_AES_128_GCM, keys(SrtpSuite.AEAD_AES_128_GCM, 'b'),
                        SrtpSuite.AES_CM_128_HMAC_SHA1_80, keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80, 'b')));
        SessionDescription offer = OfferAnswer.offer(alice, MediaDirection.SENDRECV);
        Agreed bobs = agreed(OfferAnswer.answer(bob, MediaDirection.SENDRECV, offer));
        Agreed alices = agreed(OfferAnswer.conclude(alice, offer, bobs.local()));

        assertThat(SdesOnly.local(alices.media().parameters()))
                .isEqualTo(SdesOnly.remote(bobs.media().parameters()));
        assertThat(SdesOnly.remote(alices.media().parameters()))
                .isEqualTo(SdesOnly.local(bobs.media().parameters()));

        SessionDescription hold = OfferAnswer.offer(alice, MediaDirection.SENDONLY, offer, null);
        Agreed held = agreed(OfferAnswer.answer(bob, MediaDirection.SENDRECV, hold, bobs.local(), null));
        Agreed holding = agreed(OfferAnswer.conclude(alice, hold, held.local()));

        assertThat(held.media().remoteHold()).isTrue();
        assertThat(held.media().parameters().direction()).isEqualTo(MediaDirection.RECVONLY);
        assertThat(holding.media().remoteHold()).isFalse();
        assertThat(holding.media().parameters().direction()).isEqualTo(MediaDirection.SENDONLY);

        SessionDescription resume = OfferAnswer.offer(alice, MediaDirection.SENDRECV, hold, null);
        Agreed back = agreed(OfferAnswer.answer(bob, MediaDirection.SENDRECV, resume, held.local(), null));

        assertThat(back.media()).isEqualTo(bobs.media());
        assertThat(back.local().origin().version()).isEqualTo("3");
    }

    private static Row row(String name, String offer, String expected) {
        return new Row(name, SecurityFloor.DEFAULT, MediaDirection.SENDRECV, offer, expected);
    }

    private static Row lab(String name, String offer, String expected) {
        return new Row(name, LAB, MediaDirection.SENDRECV, offer, expected);
    }

    private static Row wish(String name, MediaDirection wanted, String offer, String expected) {
        return new Row(name, SecurityFloor.DEFAULT, wanted, offer, expected);
    }

    private static String answer(String direction) {
        return "m=audio 9000 RTP/SAVP 0|a=rtpmap:0 PCMU/8000|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80|a=ptime:20|a="
                + direction;
    }
}
