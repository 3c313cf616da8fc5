// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.media.dtls.DtlsHandshakes;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import com.techpro.callclient.stack.media.dtls.DtlsKeys;
import com.techpro.callclient.stack.media.dtls.DtlsRole;
import com.techpro.callclient.stack.media.dtls.Fingerprint;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.stack.media.srtp.SrtpStatus;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody on the way reads reports, or makes some, where RTCP has a port of its own beside that of
 * the sound. Part of {@link PrivacyPromises}.
 */
interface ReportPromises {
    Duration A_REPORT_OF_QUALITY = Duration.ofSeconds(12);

    @Test
    default void S4_with_SDES_separate_RTCP_is_neither_sent_nor_accepted_in_cleartext() {
        try (ScriptedOffice office = new ScriptedOffice();
                Loop loop = office.time.openLoop("far end");
                SoundPort sound = port(office, ScriptedOffice.SOUND, loop);
                SoundPort reports = port(office, ScriptedOffice.SOUND + 1, loop)) {
            Call call = office.dialled("200 OK", ScriptedOffice.keyed(ScriptedOffice.PBX, contact()));
            SrtpKeys far = keys("1 " + ScriptedOffice.INLINE);
            SrtpKeys other = keys("1 " + ScriptedOffice.INLINE.replace("inline:A", "inline:B"));
            tempt(office, call, sound, reports, new DtlsKeys(far, offered(office)), other);
        }
    }

    @ParameterizedTest
    @EnumSource(DtlsRole.class)
    default void S4_with_keys_by_handshake_reports_on_a_port_of_their_own_go_under_their_own_keys(DtlsRole role) {
        try (ScriptedOffice office = new ScriptedOffice(KeyingPolicy.DTLS_ONLY);
                Loop loop = office.time.openLoop("far end");
                SoundPort sound = port(office, ScriptedOffice.SOUND, loop);
                SoundPort reports = port(office, ScriptedOffice.SOUND + 1, loop)) {
            DtlsIdentity far = new DtlsIdentity(office.time.random("far"), office.time.now());
            DtlsHandshakes handshakes = new DtlsHandshakes(office.time.workers(), office.time.random("handshakes"));
            String setup = role == DtlsRole.CLIENT ? "active" : "passive";
            Call call = office.dialled(
                    "200 OK",
                    ScriptedOffice.certified(
                            ScriptedOffice.PBX, far.fingerprint().toAttribute(), setup, contact()));
            ScriptedMessage offer = office.pbx.last("INVITE");
            Fingerprint theirs = Objects.requireNonNull(
                    Fingerprint.parse(found(offer, "a=fingerprint:([^\r\n]+)")), "no certificate");
            int first = Integer.parseInt(found(offer, "m=audio (\\d+)"));
            for (SoundPort port : List.of(sound, reports)) {
                InetSocketAddress phone = new InetSocketAddress("10.0.1.1", port == sound ? first : first + 1);
                loop.execute(() -> port.handshake(
                        phone, handshakes.begin(role, far, List.of(theirs), List.of(SrtpSuite.values()), loop, port)));
            }
            office.until(() -> sound.keys != null && reports.keys != null);
            DtlsKeys ofReports = Objects.requireNonNull(reports.keys);
            tempt(
                    office,
                    call,
                    sound,
                    reports,
                    ofReports,
                    Objects.requireNonNull(sound.keys).local());
        }
    }

    /** @param own the far end's keys for its reports, and the phone's */
    private static void tempt(
            ScriptedOffice office, Call call, SoundPort sound, SoundPort reports, DtlsKeys own, SrtpKeys other) {
        SrtpContext phones = new SrtpContext(own.remote());
        SrtpContext fars = new SrtpContext(own.local());
        office.time.advance(Duration.ofSeconds(5));
        assertThat(sound.received).hasSizeGreaterThan(100);

        byte[] report = next(office, reports, phones);
        reports.send(answer(report));
        reports.send(secured(answer(report), new SrtpContext(other)));
        reports.send(bye());
        office.time.advance(A_REPORT_OF_QUALITY);
        assertThat(call.snapshot().quality()).isNotNull();
        assertThat(call.snapshot().quality().latest().roundTrip())
                .as("of a report that anybody can make")
                .isNull();
        assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);

        reports.send(secured(answer(next(office, reports, phones)), fars));
        office.time.advance(A_REPORT_OF_QUALITY);
        assertThat(call.snapshot().quality().latest().roundTrip())
                .as("of a true one")
                .isNotNull();

        call.hangUp();
        office.time.advance(Duration.ofSeconds(3));
        assertThat(reports.received).hasSizeGreaterThan(3).noneMatch(ReportPromises::isReadable);
        assertThat(sound.received).noneMatch(ReportPromises::isReadable);
    }

    /** The next report that the phone sends, opened. */
    private static byte[] next(ScriptedOffice office, SoundPort reports, SrtpContext phones) {
        int before = reports.received.size();
        office.until(() -> reports.received.size() > before);
        ByteBuffer report = ByteBuffer.wrap(reports.received.get(before).clone());
        assertThat(phones.unprotectRtcp(report)).isEqualTo(SrtpStatus.OK);
        assertThat(report.get(1)).as("a sender report").isEqualTo((byte) 200);
        byte[] opened = new byte[report.remaining()];
        report.get(opened);
        return opened;
    }

    /**
     * A receiver report that tells when the phone's report came, of which the round trip is made
     * (RFC 3550 §6.4.1).
     */
    private static ByteBuffer answer(byte[] senderReport) {
        ByteBuffer sent = ByteBuffer.wrap(senderReport);
        ByteBuffer answer = ByteBuffer.allocate(32 + SrtpContext.MAX_TRAILER);
        answer.put((byte) 0x81).put((byte) 201).putShort((short) 7).putInt(0xCAFE);
        // Nothing lost, no jitter
        answer.putInt(sent.getInt(4)).putInt(0).putInt(1).putInt(0);
        answer.putInt((int) (sent.getLong(8) >>> 16)).putInt(0);
        answer.flip();
        return answer;
    }

    private static ByteBuffer bye() {
        return ByteBuffer.wrap(new byte[] {(byte) 0x81, (byte) 203, 0, 1, 0, 0, (byte) 0xCA, (byte) 0xFE});
    }

    private static ByteBuffer secured(ByteBuffer report, SrtpContext context) {
        assertThat(context.protectRtcp(report)).isEqualTo(SrtpStatus.OK);
        return report;
    }

    /** Whether it is RTCP to the last octet for anybody who looks (RFC 3550 Appendix A.2). */
    private static boolean isReadable(byte[] packet) {
        ByteBuffer in = ByteBuffer.wrap(packet);
        int at = 0;
        while (at + 4 <= packet.length && (packet[at] & 0xC0) == 0x80 && (packet[at + 1] & 0xFF) >= 200) {
            at += 4 * (1 + (in.getShort(at + 2) & 0xFFFF));
        }
        return at == packet.length;
    }

    private static SoundPort port(ScriptedOffice office, int port, Loop loop) {
        return new SoundPort(office.network, ScriptedOffice.PBX, port, loop::execute);
    }

    /** The key that the phone has offered for the suite that was answered with. */
    private static SrtpKeys offered(ScriptedOffice office) {
        String suite = ScriptedOffice.INLINE.substring(0, ScriptedOffice.INLINE.indexOf(' '));
        return keys(found(office.pbx.last("INVITE"), "a=crypto:(\\d+ " + suite + " [^\r\n]+)"));
    }

    private static SrtpKeys keys(String attribute) {
        if (SrtpKeys.parse(attribute) instanceof CryptoAttribute.Usable usable) {
            return usable.keys();
        }
        throw new AssertionError("no keys");
    }

    private static String found(ScriptedMessage offer, String pattern) {
        Matcher line = Pattern.compile(pattern).matcher(offer.body());
        assertThat(line.find()).as(pattern).isTrue();
        return line.group(1);
    }

    private static String contact() {
        return "Contact: <sip:1002@" + ScriptedOffice.PBX + ">";
    }
}
