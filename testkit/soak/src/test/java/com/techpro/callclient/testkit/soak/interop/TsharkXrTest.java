// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.media.quality.ReceptionLog;
import com.techpro.callclient.stack.media.rtp.RtcpWriter;
import com.techpro.callclient.stack.media.rtp.xr.VoipMetrics;
import com.techpro.callclient.stack.media.rtp.xr.XrFormats;
import com.techpro.callclient.stack.media.rtp.xr.XrWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark's dissector reads extended reports (RFC 3611) as they were meant, in a compound packet. */
@Tag("interop")
class TsharkXrTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int SSRC = 0x11111111;
    private static final int THEIRS = 0x22222222;

    @TempDir
    Path directory;

    @Test
    void each_block_is_read_as_it_was_meant() throws IOException {
        ByteBuffer packet = ByteBuffer.allocate(500);
        var report = new RtcpWriter(packet);
        report.receiverReport(SSRC);
        report.sourceDescription(SSRC, "name".getBytes(StandardCharsets.US_ASCII));
        var log = new ReceptionLog();
        for (int sequence = 1000; sequence < 1040; sequence++) {
            if (sequence % 7 != 0) {
                log.received(sequence);
            }
        }
        log.received(1030);
        log.transit(3);
        log.transit(5);
        var writer = new XrWriter(packet, SSRC);
        writer.referenceTime(0xE000_0000_8000_0000L);
        writer.delaySinceReference(THEIRS, 0x33333333, 65_536);
        writer.lossRle(THEIRS, log, 256);
        writer.summary(THEIRS, log, XrFormats.ALL);
        writer.voipMetrics(
                THEIRS, new VoipMetrics(26, 13, 128, 3, 240, 4_000, 61, 95, 16, 71, 38, 36, 0xF0, 60, 160, 160));
        writer.end();
        report.goodbye(SSRC);
        byte[] bytes = new byte[packet.position()];
        packet.rewind();
        packet.get(bytes);

        List<String> read = dissected(
                bytes,
                "rtcp.pt",
                "rtcp.xr.bt",
                "rtcp.xr.dlrr",
                "rtcp.xr.beginseq",
                "rtcp.xr.endseq",
                "rtcp.xr.stats.lost",
                "rtcp.xr.stats.dups",
                "rtcp.xr.stats.meanjitter",
                "rtcp.xr.voipmetrics.burstduration",
                "rtcp.xr.voipmetrics.gapduration",
                "rtcp.xr.voipmetrics.rtdelay",
                "rtcp.xr.voipmetrics.esdelay",
                "rtcp.xr.voipmetrics.gmin",
                "rtcp.xr.voipmetrics.rfactor",
                "rtcp.xr.voipmetrics.moslq",
                "rtcp.xr.voipmetrics.moscq",
                "rtcp.xr.voipmetrics.jba",
                "rtcp.xr.voipmetrics.jbnominal",
                "_ws.malformed");
        assertThat(read)
                .containsExactly(
                        "201,202,207,203",
                        "4,5,1,6,7",
                        "65536",
                        "1000,1000",
                        "1040,1040",
                        "6",
                        "1",
                        "4",
                        "240",
                        "4000",
                        "61",
                        "95",
                        "16",
                        "71",
                        "3.8",
                        "3.6",
                        "3",
                        "60",
                        "");
    }

    private List<String> dissected(byte[] message, String... fields) throws IOException {
        StringBuilder hex = new StringBuilder("000000");
        for (byte b : message) {
            hex.append(String.format(" %02x", b));
        }
        Files.writeString(directory.resolve("message.txt"), hex.append('\n'), StandardCharsets.US_ASCII);
        PeerProcess.run(directory, LIMIT, "text2pcap", "-q", "-u", "5001,5001", "message.txt", "message.pcap");
        StringBuilder command = new StringBuilder("tshark -r message.pcap -d udp.port==5001,rtcp -T fields");
        for (String field : fields) {
            command.append(" -e ").append(field);
        }
        String output = PeerProcess.run(directory, LIMIT, command.toString().split(" "));
        List<String> lines =
                output.lines().filter(line -> !line.startsWith("Running as")).toList();
        return List.of(lines.get(lines.size() - 1).split("\t", -1));
    }
}
