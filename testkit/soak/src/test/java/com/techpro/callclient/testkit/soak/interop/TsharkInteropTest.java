// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an independent dissector sees of a whole scenario: nothing when encrypted, nothing malformed when it may look. */
@Tag("interop")
class TsharkInteropTest {
    private static final int RTP_HEADER = 12;

    @TempDir
    Path directory;

    @Test
    void S4_of_an_encrypted_scenario_no_sip_no_speech_and_no_report_is_readable() {
        SpokenFile speech = SpokenFile.write(directory.resolve("speech.wav"));
        try (Tshark tshark = new Tshark(directory, "127.0.7.1");
                EmbeddedPbx pbx = pbx(tshark)) {
            converse(speech, pbx.account("1001"), pbx.account("1002"));
            tshark.stop();

            List<byte[]> datagrams = tshark.datagrams();
            assertThat(datagrams).as("media was captured at all").hasSizeGreaterThan(400);
            assertThat(tshark.frames("tls.app_data"))
                    .as("TLS was captured at all")
                    .isNotEmpty();
            assertThat(tshark.frames("sip or sdp")).isEmpty();
            assertThat(tshark.frames("frame contains \"sip:\" or frame contains \"INVITE\" or frame contains \"1001\""))
                    .isEmpty();
            assertThatThrownBy(() -> speech.assertHeardSamples(decoded(datagrams)))
                    .as("the payloads are not G.711 speech")
                    .isInstanceOf(AssertionError.class);
            List<byte[]> reports =
                    datagrams.stream().filter(TsharkInteropTest::isRtcp).toList();
            assertThat(reports).as("RTCP was captured at all").isNotEmpty();
            assertThat(reports)
                    .as("each report says that it is encrypted (RFC 3711 3.4)")
                    .allMatch(TsharkInteropTest::saysEncrypted);
        }
    }

    @Test
    void of_a_lab_scenario_every_packet_is_dissected_and_none_is_malformed() {
        SpokenFile speech = SpokenFile.write(directory.resolve("speech.wav"));
        SecurityFloor lab = SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia();
        try (Tshark tshark = new Tshark(directory, "127.0.7.2");
                EmbeddedPbx pbx = pbx(tshark)) {
            tshark.takeForSip(pbx.address(SipTransport.UDP).port());
            tshark.takeForSip(pbx.address(SipTransport.TCP).port());
            converse(
                    speech,
                    pbx.account("1001", SipTransport.UDP).securityFloor(lab),
                    pbx.account("1002", SipTransport.TCP).securityFloor(lab));
            tshark.stop();

            assertThat(tshark.frames("sip.Method == \"INVITE\"")).isNotEmpty();
            assertThat(tshark.frames("sip.Method == \"BYE\"")).isNotEmpty();
            assertThat(tshark.frames("rtcp.pt == 203")).as("a goodbye").isNotEmpty();
            assertThat(tshark.frames("rtp")).hasSizeGreaterThan(400);
            assertThat(tshark.frames("_ws.malformed")).as("malformed").isEmpty();
            speech.assertHeardSamples(decoded(tshark.datagrams()));
        }
    }

    /** RFC 7983: STUN, DTLS, and SRTP under the keys of the handshake, which the dissector has learnt of by {@code use_srtp}. */
    @Test
    void STUN_DTLS_and_SRTP_on_one_port_are_told_apart_without_errors() {
        SpokenFile speech = SpokenFile.write(directory.resolve("speech.wav"));
        IceSettings ice = IceSettings.DEFAULT.withUse(IceSettings.Use.OFFERED);
        try (Tshark tshark = new Tshark(directory, "127.0.7.3");
                EmbeddedPbx pbx = EmbeddedPbx.builder()
                        .address(tshark.host())
                        .extensions("1001", "1002")
                        .dtls("1002")
                        .start()) {
            converse(
                    speech,
                    pbx.account("1001").keyingPolicy(KeyingPolicy.DTLS_ONLY).ice(ice),
                    pbx.account("1002").keyingPolicy(KeyingPolicy.DTLS_ONLY));
            tshark.stop();

            assertThat(new HashSet<>(tshark.fields("dtls.handshake.type == 2", "dtls.use_srtp.protection_profile")))
                    .as("what servers choose: AEAD_AES_256_GCM")
                    .containsExactly("0x0008");
            assertThat(tshark.frames("dtls.handshake.type == 20 or dtls.record.epoch == 1"))
                    .as("handshakes that are finished")
                    .isNotEmpty();
            assertThat(tshark.frames("dtls.alert_message")).as("alerts").isEmpty();
            Set<String> media = new HashSet<>(tshark.fields("dtls", "udp.srcport"));
            // Each phone checks from a port for each of the host's addresses, and chooses one: USE-CANDIDATE.
            Set<String> chosen = new HashSet<>(tshark.fields("stun.att.type == 0x0025", "udp.srcport"));
            assertThat(chosen).hasSize(2);
            assertThat(media).containsAll(chosen);
            assertThat(new HashSet<>(tshark.fields("srtp.enc_payload", "udp.srcport")))
                    .as("sound by the ports of the handshakes, and no other")
                    .isEqualTo(media);
            // The dissector expects no SRTCP there (RFC 5761).
            assertThat(tshark.datagrams("udp and not (stun or dtls or rtp or rtcp) and udp.dstport != 9"))
                    .as("datagrams that are nothing of these but encrypted reports")
                    .isNotEmpty()
                    .allMatch(datagram -> isRtcp(datagram) && saysEncrypted(datagram));
            assertThat(tshark.frames("(dtls or stun or rtp) and (_ws.malformed or _ws.expert.severity >= 6291456)"))
                    .as("malformed, or worth a warning")
                    .isEmpty();
            assertThatThrownBy(() -> speech.assertHeardSamples(decoded(tshark.datagrams())))
                    .as("the payloads are not G.711 speech")
                    .isInstanceOf(AssertionError.class);
        }
    }

    private static EmbeddedPbx pbx(Tshark tshark) {
        return EmbeddedPbx.builder()
                .address(tshark.host())
                .extensions("1001", "1002")
                .start();
    }

    /** Register, call, talk, key, hold, resume, hang up, unregister. */
    private static void converse(SpokenFile speech, SipAccount.Builder left, SipAccount.Builder right) {
        SpokenFile.Ear ear = speech.ear();
        // Payloads are read as samples of this codec.
        Set<String> pcmu = Set.of("pcmu");
        try (EnginePhone caller = new EnginePhone(left.codecs(pcmu), ear).awaitRegistered();
                EnginePhone called = new EnginePhone(right.codecs(pcmu), speech.ear())
                        .answering()
                        .awaitRegistered()) {
            Call call = caller.account().dial("1002");
            EnginePhone.awaitState(call, CallState.ESTABLISHED);
            ear.awaitHeard(SpokenFile.ENOUGH);
            call.sendDtmf("1");
            assertThat(called.awaitDtmf()).isEqualTo('1');
            call.hold();
            EnginePhone.awaitHold(call, HoldState.LOCAL);
            call.resume();
            EnginePhone.awaitHold(call, HoldState.NONE);
            call.hangUp();
            EnginePhone.awaitEnding(call);
            caller.awaitNoCalls();
            called.awaitNoCalls();
        }
    }

    /** The payloads of one RTP source, each once (the PBX passes them on as they are), taken for µ-law. */
    private static short[] decoded(List<byte[]> datagrams) {
        List<byte[]> rtp = datagrams.stream()
                .filter(packet -> packet.length >= RTP_HEADER + 160 && (packet[0] & 0xC0) == 0x80 && !isRtcp(packet))
                .toList();
        String source = rtp.isEmpty() ? "" : ssrc(rtp.get(0));
        Set<Integer> seen = new HashSet<>();
        short[] samples = new short[rtp.size() * 160];
        int count = 0;
        for (byte[] packet : rtp) {
            if (ssrc(packet).equals(source) && seen.add((packet[2] & 0xff) << 8 | packet[3] & 0xff)) {
                for (int i = 0; i < 160; i++) {
                    samples[count++] = G711.ULAW.decode(packet[RTP_HEADER + i]);
                }
            }
        }
        return Arrays.copyOf(samples, count);
    }

    private static String ssrc(byte[] packet) {
        return new String(packet, 8, 4, StandardCharsets.ISO_8859_1);
    }

    private static boolean isRtcp(byte[] packet) {
        int type = packet.length > 8 && (packet[0] & 0xC0) == 0x80 ? packet[1] & 0xff : 0;
        return type >= 192 && type <= 223;
    }

    /** The E bit of the SRTCP index, which AEAD suites put last (RFC 7714 §9.2). */
    private static boolean saysEncrypted(byte[] report) {
        return (report[report.length - 4] & 0x80) != 0;
    }
}
