// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.ice.stun.IntegrityKey;
import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunClass;
import com.techpro.callclient.stack.ice.stun.StunMethod;
import com.techpro.callclient.stack.ice.stun.StunWriter;
import com.techpro.callclient.stack.ice.stun.TransactionId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark's dissector reads what the engine writes: addresses, numbers and names as meant, the checksum right, nothing malformed. */
@Tag("interop")
class TsharkStunTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final IntegrityKey KEY = IntegrityKey.shortTerm("VOkJxbRl1RmTxUk/WvJxBt");

    @TempDir
    Path directory;

    private List<String> dissected(byte[] message, String... fields) throws IOException {
        StringBuilder hex = new StringBuilder("000000");
        for (byte b : message) {
            hex.append(String.format(" %02x", b));
        }
        Files.writeString(directory.resolve("message.txt"), hex.append('\n'), StandardCharsets.US_ASCII);
        PeerProcess.run(directory, LIMIT, "text2pcap", "-q", "-u", "3478,3478", "message.txt", "message.pcap");
        StringBuilder command = new StringBuilder("tshark -r message.pcap -o stun.stunversion:RFC5389 -T fields");
        for (String field : fields) {
            command.append(" -e ").append(field);
        }
        String output = PeerProcess.run(directory, LIMIT, command.toString().split(" "));
        List<String> lines =
                output.lines().filter(line -> !line.startsWith("Running as")).toList();
        return List.of(lines.get(lines.size() - 1).split("\t", -1));
    }

    @Test
    void a_check_is_read_as_it_was_meant() throws IOException {
        byte[] check = new StunWriter(
                        StunClass.REQUEST, StunMethod.BINDING, new TransactionId(0x01020304, 0x05060708090a0b0cL))
                .text(StunAttribute.USERNAME, "evtj:h6vY")
                .uint32(StunAttribute.PRIORITY, 0x6e0001ffL)
                .uint64(StunAttribute.ICE_CONTROLLING, 0x932ff9b151263b36L)
                .flag(StunAttribute.USE_CANDIDATE)
                .integrity(KEY)
                .fingerprint();

        assertThat(dissected(
                        check,
                        "stun.type",
                        "stun.id",
                        "stun.att.username",
                        "stun.att.priority",
                        "stun.att.tie-breaker",
                        "stun.att.crc32.status",
                        "_ws.malformed"))
                .containsExactly(
                        "0x0001", "0102030405060708090a0b0c", "evtj:h6vY", "1845494271", "932ff9b151263b36", "1", "");
    }

    @Test
    void addresses_of_both_families_are_read_as_they_were_meant() throws IOException {
        for (String address : List.of("192.0.2.1", "2001:db8:1234:5678:11:2233:4455:6677")) {
            byte[] answer = new StunWriter(
                            StunClass.SUCCESS, StunMethod.ALLOCATE, new TransactionId(0x01020304, 0x05060708090a0b0cL))
                    .xorAddress(
                            StunAttribute.XOR_RELAYED_ADDRESS,
                            new InetSocketAddress(InetAddress.getByName(address), 32853))
                    .uint32(StunAttribute.LIFETIME, 600)
                    .integrity(KEY)
                    .fingerprint();
            String family = address.contains(":") ? "ipv6" : "ipv4";

            assertThat(dissected(
                            answer,
                            "stun.type",
                            "stun.att." + family,
                            "stun.att.port",
                            "stun.att.lifetime",
                            "stun.att.crc32.status",
                            "_ws.malformed"))
                    .containsExactly("0x0103", address, "32853", "600", "1", "");
        }
    }
}
