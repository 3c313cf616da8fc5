// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.ice.stun.LongTermAuthentication;
import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunParseResult;
import com.techpro.callclient.stack.ice.stun.StunParser;
import com.techpro.callclient.stack.ice.turn.TurnClient;
import com.techpro.callclient.stack.ice.turn.TurnStreamFramer;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.helpers.CorpusSource;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;

/** Whatever arrives on a media port or in a description is refused or understood, and never an exception. */
class IceFuzzTest {
    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void any_message(byte[] packet) {
        Subject.message(packet);
    }

    @Tag("fuzz")
    @FuzzTest(maxDuration = "2m")
    void any_attribute(byte[] lines) {
        Subject.attributes(lines);
    }

    @ParameterizedTest
    @CorpusSource("any_message")
    void replayed_messages(byte[] input) {
        Subject.message(input);
        Random random = Seeds.random(input.length);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = input.clone();
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Subject.message(damaged);
        }
    }

    @ParameterizedTest
    @CorpusSource("any_attribute")
    void replayed_attributes(byte[] input) {
        Subject.attributes(input);
        Random random = Seeds.random(input.length);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = input.clone();
            damaged[random.nextInt(damaged.length)] = (byte) "0123456789 .:-a\n".charAt(random.nextInt(16));
            Subject.attributes(damaged);
        }
    }

    /** Apart, so that the test class can be looked at without loading records; see {@code SdpFuzzTest}. */
    private static final class Subject {
        static void message(byte[] packet) {
            InetSocketAddress here = IceAgentTest.at("192.0.2.1", 4000);
            InetSocketAddress there = IceAgentTest.at("192.0.2.2", 5000);
            if (StunParser.parse(ByteBuffer.wrap(packet)) instanceof StunParseResult.Parsed parsed) {
                for (int type = 0; type < 0x40; type++) {
                    parsed.message().bytes(type);
                    parsed.message().text(type);
                    parsed.message().uint32(type);
                    parsed.message().uint64(type);
                    parsed.message().xorAddress(type);
                    parsed.message().address(type | 0x8000);
                }
                parsed.message().error();
                IceAgent agent = new IceAgent(true, 1, Seeds.random(1));
                agent.addLocal(IceCandidate.host(1, here, 1), 0);
                agent.remote(IceCredentials.random(Seeds.random(2)), false, IceAttributes.DEFAULT_PACING, 0);
                agent.addRemote(IceCandidate.host(1, there, 1), 0);
                agent.received(here, there, parsed.message(), 1);
                LongTermAuthentication login = new LongTermAuthentication("user", Secret.of("secret"));
                if (parsed.message().has(StunAttribute.ERROR_CODE)) {
                    login.challenged(parsed.message(), 0);
                }
            }
            TurnClient client = new TurnClient(
                    new LongTermAuthentication("user", Secret.of("secret")), false, false, Seeds.random(1));
            client.start(0);
            client.received(ByteBuffer.wrap(packet), 1);
            TurnStreamFramer framer = new TurnStreamFramer();
            framer.feed(ByteBuffer.wrap(packet)).forEach(whole -> client.received(whole, 2));
        }

        static void attributes(byte[] lines) {
            IceAttributes read =
                    IceAttributes.parse(List.of(new String(lines, StandardCharsets.ISO_8859_1).split("\n")));
            IceAttributes again = IceAttributes.parse(read.write(false));
            assertThat(again.candidates().size()).isEqualTo(read.candidates().size());
            assertThat(again.credentials()).isEqualTo(read.credentials());
            assertThat(again.options()).isEqualTo(read.options());
        }
    }
}
