// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** An embedded PBX in virtual time that behaves as it is asked to, and phones of its two extensions that know nothing of our engine. */
abstract class FieldBehaviourScene {
    static final String PBX = "10.0.0.1";
    static final String ALLOW = "Allow: INVITE, ACK, BYE, CANCEL, UPDATE";
    static final String PLAIN_SDP = sdp("10.0.0.11", "sendrecv");

    final VirtualTime time = VirtualTime.seeded(1);
    final SimulatedNetwork network = new SimulatedNetwork(time, 1);
    final Runnable aSecond = () -> time.advance(Duration.ofSeconds(1));
    final List<PlainPhone> phones = new ArrayList<>();
    EmbeddedPbx pbx;

    void start(FieldBehaviour... behaviours) {
        start(EmbeddedPbx.builder(), behaviours);
    }

    void start(PbxBuilder builder, FieldBehaviour... behaviours) {
        pbx = builder.address(PBX)
                .extension("1001", "a")
                .extension("1002", "b")
                .random(Seeds.random(1))
                .port(SipTransport.UDP, 5060)
                .port(SipTransport.TCP, 5060)
                .behaving(behaviours)
                .start(network.host(PBX), time);
    }

    PlainPhone phone(String number, String address, String password) throws IOException {
        PlainPhone phone = new PlainPhone(number, address, network.host(address), new InetSocketAddress(PBX, 5060));
        phones.add(phone);
        phone.register(password, aSecond);
        return phone;
    }

    @AfterEach
    void stop() {
        pbx.close();
        phones.forEach(PlainPhone::close);
        time.advance(Duration.ofSeconds(40));
        assertThat(time.pendingTimers()).isZero();
        network.close();
    }

    void answerWith(PlainPhone phone, String sdp) {
        phone.reply(latest(phone, "INVITE"), 200, sdp);
        aSecond.run();
    }

    static String latest(PlainPhone phone, String method) {
        List<String> all = phone.requests(method);
        return all.get(all.size() - 1);
    }

    /** Where a description says that its sound goes to. */
    static String mediaOf(String message) {
        return PlainPhone.bodyOf(message).replaceAll("(?s).*\nc=IN IP4 (\\S+)\r.*", "$1");
    }

    static String cryptoOf(String message, String suite) {
        return PlainPhone.bodyOf(message).replaceAll("(?s).*a=crypto:\\d+ " + suite + " (\\S+)\r.*", "$1");
    }

    static String encrypted(String host, String direction, String crypto) {
        return sdp(host, direction).replace("RTP/AVP", "RTP/SAVP") + "a=crypto:" + crypto + "\r\n";
    }

    /** Alice calls bob, who rings and answers. */
    String talk(PlainPhone alice, PlainPhone bob, String... lines) {
        alice.dial("1002", "a", PLAIN_SDP, aSecond, lines);
        String invite = bob.requests("INVITE").get(0);
        bob.reply(invite, 200, sdp("10.0.0.12", "sendrecv"));
        aSecond.run();
        String ok = alice.last();
        alice.inDialog("ACK", ok, "");
        aSecond.run();
        return ok;
    }

    void hangUp(PlainPhone alice, PlainPhone bob, String ok) {
        alice.inDialog("BYE", ok, "");
        aSecond.run();
        bob.reply(bob.requests("BYE").get(0), 200, "");
        aSecond.run();
    }

    void end(PlainPhone alice, PlainPhone bob) {
        end(bob, bob.requests("INVITE").get(0), alice);
    }

    void end(PlainPhone bob, String invite, PlainPhone alice) {
        bob.reply(invite, 486, "");
        aSecond.run();
        alice.acknowledgeRefusal("sip:1002@pbx.test");
        aSecond.run();
    }

    static String sdp(String host, String direction) {
        return "v=0\r\no=- 1 1 IN IP4 " + host + "\r\ns=-\r\nc=IN IP4 " + host + "\r\nt=0 0\r\n"
                + "m=audio 7000 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=rtcp-mux\r\n"
                + "a=" + direction + "\r\n";
    }
}
