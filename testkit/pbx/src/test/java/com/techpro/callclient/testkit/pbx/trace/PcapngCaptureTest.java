// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.pbx.trace.TracedMessage.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapngCaptureTest {
    private static final String KEY = "s3cretIsNoKeyButItHasTheLengthOfOne12345";
    private static final String SDP =
            "v=0\r\no=- 1 1 IN IP4 10.0.0.11\r\ns=-\r\nc=IN IP4 10.0.0.11\r\nt=0 0\r\nm=audio 4000 RTP/SAVP 0\r\n"
                    + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "\r\n";
    private static final Endpoint PBX = new Endpoint("PBX", new InetSocketAddress("10.0.0.1", 5061));
    private static final Endpoint ANNA = new Endpoint("", new InetSocketAddress("10.0.0.11", 44818));
    private static final Endpoint BEN = new Endpoint("", new InetSocketAddress("2001:db8::12", 40002));

    @TempDir
    Path directory;

    @Test
    void blocks_follow_each_other_and_say_their_length_twice() {
        ByteBuffer file = ByteBuffer.wrap(PcapngCapture.redacted(messages())).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> types = new ArrayList<>();
        while (file.hasRemaining()) {
            int start = file.position();
            types.add(file.getInt());
            int length = file.getInt();
            assertThat(length % 4).isZero();
            assertThat(file.getInt(start + length - 4)).isEqualTo(length);
            file.position(start + length);
        }
        assertThat(types).containsExactly(0x0A0D0D0A, 1, 6, 6, 6, 6);
    }

    @Test
    void secrets_are_in_the_raw_capture_alone() {
        assertThat(new String(PcapngCapture.redacted(messages()), StandardCharsets.ISO_8859_1))
                .contains("INVITE sip:2 SIP/2.0", "Content-Length: 28\r\n")
                .doesNotContain("s3cret");
        assertThat(new String(PcapngCapture.raw(messages()), StandardCharsets.ISO_8859_1))
                .contains("s3cret");
    }

    @Test
    @Tag("interop")
    void wireshark_reads_the_messages_that_were_traced() throws Exception {
        for (boolean raw : new boolean[] {false, true}) {
            Path file = directory.resolve("messages.pcapng");
            Files.write(file, raw ? PcapngCapture.raw(messages()) : PcapngCapture.redacted(messages()));

            assertThat(fields(file, "sip.Method", "sip.Status-Code", "sdp.media", "_ws.malformed"))
                    .as("raw %s", raw)
                    .containsExactly(
                            "INVITE||audio 4000 RTP/SAVP 0|", "|180||", "|200|audio 4000 RTP/SAVP 0|", "BYE|||");
        }
    }

    @Test
    @Tag("interop")
    void wireshark_reads_times_and_addresses() throws Exception {
        Path file = directory.resolve("messages.pcapng");
        Files.write(file, PcapngCapture.redacted(messages()));

        assertThat(fields(file, "frame.time_relative", "exported_pdu.ipv4_src", "exported_pdu.src_port"))
                .startsWith("0.000000000|10.0.0.11|44818", "0.040000000|10.0.0.1|5061");
        assertThat(run("capinfos", "-c", "-M", file.toString())).contains("Number of packets:   4");
    }

    private static List<TracedMessage> messages() {
        String length = "Content-Length: " + SDP.length();
        String sdp = "Content-Type: application/sdp\r\n" + length;
        return List.of(
                LadderTest.message(0, ANNA, PBX, "INVITE sip:2 SIP/2.0", "1 INVITE", sdp, SDP),
                LadderTest.message(
                        40,
                        PBX,
                        ANNA,
                        "SIP/2.0 180 Ringing",
                        "1 INVITE",
                        "WWW-Authenticate: Digest realm=\"a\", nonce=\"s3cret\"\r\nContent-Length: 0",
                        ""),
                LadderTest.message(90, PBX, ANNA, "SIP/2.0 200 OK", "1 INVITE", sdp, SDP),
                LadderTest.message(
                        95, PBX, BEN, "BYE sip:2 SIP/2.0", "2 BYE", "l: 6\r\nContent-Type: text/plain", "s3cret"));
    }

    private static List<String> fields(Path file, String... names) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("tshark", "-r", file.toString(), "-Y", "sip", "-T", "fields", "-E", "separator=|"));
        for (String name : names) {
            command.add("-e");
            command.add(name);
        }
        return run(command.toArray(String[]::new)).lines().toList();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
        return out;
    }
}
