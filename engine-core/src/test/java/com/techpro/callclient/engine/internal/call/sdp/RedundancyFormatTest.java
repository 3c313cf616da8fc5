// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.LAB;
import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.agreed;
import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.local;
import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.mediaLines;
import static com.techpro.callclient.engine.internal.call.sdp.ShortDescriptions.remote;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation.Agreed;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation.Refused;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.stack.media.PayloadTypeMap.Redundancy;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.stack.media.codec.G722;
import com.techpro.callclient.stack.media.codec.Opus;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 2198 in offers and answers. */
class RedundancyFormatTest {
    /** The audio formats of Chromium 130's offer. */
    private static final String CHROMIUM =
            "m=audio 4000 RTP/AVP 111 63 9 0 8 13 110 126|a=rtpmap:111 opus/48000/2|a=rtcp-fb:111 transport-cc|"
                    + "a=fmtp:111 minptime=10;useinbandfec=1|a=rtpmap:63 red/48000/2|a=fmtp:63 111/111|a=rtpmap:9 G722/8000|"
                    + "a=rtpmap:0 PCMU/8000|a=rtpmap:8 PCMA/8000|a=rtpmap:13 CN/8000|a=rtpmap:110 telephone-event/48000|"
                    + "a=rtpmap:126 telephone-event/8000";

    private final LocalMedia local = local(LAB);

    @Test
    void it_is_offered_after_all_codecs_and_before_events() {
        assertThat(mediaLines(OfferAnswer.offer(local, MediaDirection.SENDRECV)))
                .startsWith("m=audio 9000 RTP/AVP 96 9 8 0 98 101 97|")
                .contains(
                        "|a=rtpmap:0 PCMU/8000|a=rtpmap:98 red/8000|a=fmtp:98 9/9|a=rtpmap:101 telephone-event/8000|");
    }

    @Test
    void it_is_not_offered_beside_Opus_alone_or_over_UDP() {
        assertThat(mediaLines(OfferAnswer.offer(with(SipTransport.TLS, "opus"), MediaDirection.SENDRECV)))
                .contains("opus/48000/2")
                .doesNotContain("red/");
        assertThat(mediaLines(OfferAnswer.offer(with(SipTransport.TLS, "opus", "pcma"), MediaDirection.SENDRECV)))
                .contains("a=rtpmap:98 red/8000|a=fmtp:98 8/8|");
        assertThat(mediaLines(OfferAnswer.offer(with(SipTransport.UDP, "pcma"), MediaDirection.SENDRECV)))
                .doesNotContain("red/");
    }

    /** What Chromium lists second is answered second, and its fmtp names the one codec answered. */
    @Test
    void the_offer_of_Chromium_is_answered_with_its_redundancy_for_Opus() throws SdpException {
        Agreed answer = answer(CHROMIUM);

        assertThat(mediaLines(answer.local()))
                .startsWith("m=audio 9000 RTP/AVP 111 63 110|")
                .contains("|a=rtpmap:63 red/48000/2|a=fmtp:63 111/111|");
        assertThat(codec(answer)).isEqualTo(Opus.INSTANCE);
        assertThat(redundancy(answer)).isEqualTo(new Redundancy(63, 63, 48_000));
    }

    @Test
    void redundancy_for_a_codec_that_is_not_answered_is_not_answered() throws SdpException {
        Agreed answer = agreed(
                OfferAnswer.answer(with(SipTransport.TLS, "pcmu"), MediaDirection.SENDRECV, remote(keyed(CHROMIUM))));

        assertThat(mediaLines(answer.local())).doesNotContain("red/");
        assertThat(redundancy(answer)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "97 0; red/8000; 0/0",
                "97 0; RED/8000/1; 0/0/0",
                "0 97; red/8000;",
                "0 97 8; red/8000; 8/0",
                "97 0 9; red/8000; 9 / 9",
            })
    void it_is_taken_but_never_spoken_wherever_it_stands(String formats, String rtpmap, @Nullable String fmtp)
            throws SdpException {
        Agreed answer = answer(line(formats, rtpmap, fmtp));

        assertThat(codec(answer)).isEqualTo(G711.ULAW);
        assertThat(redundancy(answer)).isEqualTo(new Redundancy(97, 97, 8_000));
        assertThat(mediaLines(answer.local()))
                .startsWith("m=audio 9000 RTP/AVP 0 97|a=rtpmap:0 PCMU/8000|a=rtpmap:97 red/8000|a=fmtp:97 0/0|");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // of a payload type that is none of the section's, unknown, its own, or no number
                "97 0; red/8000; 0/5",
                "97 0 5; red/8000; 5/0",
                "97 0; red/8000; 97/0",
                "97 0; red/8000; 0/",
                "97 0; red/8000; pt=0",
                "97 0; red/8000; 0/128",
                "97 0; red/8000; 0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0/0",
                // of another clock, or in more channels
                "97 0; red/16000; 0/0",
                "97 0; red/8000/2; 0/0",
                "97 0; red; 0/0",
                "97 0; redundant/8000; 0/0",
                // text's (RFC 4103) is none of ours
                "97 0; red/1000; 98/98",
                // without a number in the section
                "0; red/8000; 0/0",
            })
    void it_is_ignored_where_it_makes_no_sense(String formats, String rtpmap, String fmtp) throws SdpException {
        Agreed answer = answer(line(formats, rtpmap, fmtp));

        assertThat(codec(answer)).isEqualTo(G711.ULAW);
        assertThat(redundancy(answer)).isNull();
        assertThat(mediaLines(answer.local())).doesNotContain("red");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m=audio 4000 RTP/AVP 97|a=rtpmap:97 red/8000",
                "m=audio 4000 RTP/AVP 97 5|a=rtpmap:97 red/8000|a=fmtp:97 5/5"
            })
    void redundancy_without_a_codec_is_nothing_to_speak(String theirs) throws SdpException {
        assertThat(OfferAnswer.answer(local, MediaDirection.SENDRECV, remote(theirs)))
                .isEqualTo(new Refused(MediaProblem.NO_COMMON_CODEC));
    }

    @Test
    void it_is_sent_only_if_the_answer_has_it_and_under_the_number_of_the_answer() throws SdpException {
        Agreed same = conclude("m=audio 4000 RTP/AVP 98 0|a=rtpmap:98 red/8000|a=fmtp:98 0/0");
        Agreed other = conclude("m=audio 4000 RTP/AVP 9 120|a=rtpmap:120 red/8000|a=fmtp:120 9/9");
        Agreed none = conclude("m=audio 4000 RTP/AVP 0");
        Agreed unoffered = conclude("m=audio 4000 RTP/AVP 96 97|a=rtpmap:96 opus/48000/2|a=rtpmap:97 red/48000/2");

        assertThat(codec(same)).isEqualTo(G711.ULAW);
        assertThat(redundancy(same)).isEqualTo(new Redundancy(98, 98, 8_000));
        assertThat(codec(other)).isEqualTo(G722.INSTANCE);
        assertThat(redundancy(other)).isEqualTo(new Redundancy(120, 98, 8_000));
        assertThat(redundancy(none)).isNull();
        assertThat(redundancy(unoffered)).isNull();
    }

    /** Else what comes under our number for redundancy would be taken for the codec (RFC 3264 §5.1). */
    @Test
    void the_number_it_was_offered_under_means_nothing_else() throws SdpException {
        Agreed swapped =
                conclude("m=audio 4000 RTP/AVP 98 96|a=rtpmap:98 G722/8000|a=rtpmap:96 red/8000|a=fmtp:96 98/98");

        assertThat(redundancy(swapped)).isEqualTo(new Redundancy(96, 98, 8_000));
        assertThat(swapped.media().parameters().codec()).isEqualTo(new PayloadFormat(G722.INSTANCE, 98));
        assertThat(swapped.media().parameters().received().codecs())
                .extracting(PayloadFormat::payloadType)
                .contains(96, 9, 8, 0)
                .doesNotContain(98);
    }

    @Test
    void two_of_us_agree_on_it_and_keep_it_on_hold_and_after() throws SdpException {
        LocalMedia alice = with(SipTransport.TLS, "pcma", "pcmu");
        SessionDescription offer = OfferAnswer.offer(alice, MediaDirection.SENDRECV);
        Agreed bobs = agreed(OfferAnswer.answer(with(SipTransport.TLS, "pcmu"), MediaDirection.SENDRECV, offer));
        Agreed alices = agreed(OfferAnswer.conclude(alice, offer, bobs.local()));
        assertThat(redundancy(bobs)).isEqualTo(redundancy(alices)).isEqualTo(new Redundancy(96, 96, 8_000));

        SessionDescription hold = OfferAnswer.offer(alice, MediaDirection.SENDONLY, offer, G711.ULAW);
        assertThat(mediaLines(hold))
                .contains("a=rtpmap:96 red/8000|a=fmtp:96 8/8|")
                .containsOnlyOnce("red/");
    }

    @Test
    void a_later_offer_is_as_our_answer_was() throws SdpException {
        Agreed chromiums = answer(CHROMIUM);
        assertThat(mediaLines(OfferAnswer.offer(local, MediaDirection.SENDRECV, chromiums.local(), Opus.INSTANCE)))
                .contains("a=rtpmap:63 red/48000/2|a=fmtp:63 111/111|")
                .doesNotContain("red/8000");
        Agreed without = answer("m=audio 4000 RTP/AVP 0");
        assertThat(mediaLines(OfferAnswer.offer(local, MediaDirection.SENDRECV, without.local(), null)))
                .doesNotContain("red/");
    }

    private static String line(String formats, String rtpmap, @Nullable String fmtp) {
        return "m=audio 4000 RTP/AVP " + formats + "|a=rtpmap:97 " + rtpmap
                + (fmtp == null ? "" : "|a=fmtp:97 " + fmtp);
    }

    private static String keyed(String lines) {
        return lines.replace("RTP/AVP", "RTP/SAVP") + "|a=crypto:1 AES_CM_128_HMAC_SHA1_80 $80";
    }

    private static LocalMedia with(SipTransport transport, String... codecs) {
        SipAccount account = SipAccount.builder("alice", "example.com", Secret.of("x"))
                .transport(transport)
                .securityFloor(
                        transport == SipTransport.UDP
                                ? SecurityFloor.DEFAULT.labAllowCleartextSignalling()
                                : SecurityFloor.DEFAULT)
                .codecs(Set.of(codecs))
                .build();
        return LocalMedia.create(
                new InetSocketAddress("192.0.2.1", 9000), account, SdesOnly.identity(), Seeds.random(1));
    }

    private Agreed answer(String theirs) throws SdpException {
        return agreed(OfferAnswer.answer(local, MediaDirection.SENDRECV, remote(theirs)));
    }

    private Agreed conclude(String theirs) throws SdpException {
        SessionDescription offer = OfferAnswer.offer(local, MediaDirection.SENDRECV);
        return agreed(OfferAnswer.conclude(local, offer, remote(theirs)));
    }

    private static Codec codec(Agreed agreed) {
        return agreed.media().parameters().codec().codec();
    }

    private static @Nullable Redundancy redundancy(Agreed agreed) {
        return agreed.media().parameters().received().redundancy();
    }
}
