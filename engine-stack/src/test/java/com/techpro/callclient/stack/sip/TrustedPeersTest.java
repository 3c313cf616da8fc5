// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowsForTests;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 3261 §26.3: where a connection is encrypted, whatever carries it, the certificate says who it is and the address says nothing. */
class TrustedPeersTest {
    private final TrustedPeers peers = new TrustedPeers();

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    private static boolean isReadable(SipTransport transport) {
        return List.of(SipTransport.UDP, SipTransport.TCP, SipTransport.WS).contains(transport);
    }

    @ParameterizedTest
    @EnumSource(SipTransport.class)
    void an_address_counts_where_nothing_is_encrypted_and_nowhere_else(SipTransport transport) throws Exception {
        Flow from = FlowsForTests.flow(transport);
        Set<InetAddress> known = Set.of(from.remote().getAddress());
        assertThat(TrustedPeers.trustsAddressOf(from, known)).isEqualTo(isReadable(transport));
        assertThat(TrustedPeers.trustsAddressOf(from, Set.of(address("192.0.2.99"))))
                .isFalse();

        peers.add(known);
        assertThat(peers.trusts(from)).isEqualTo(isReadable(transport));
    }

    @ParameterizedTest
    @EnumSource(SipTransport.class)
    void a_flow_of_an_account_is_trusted_until_its_last_account_is_gone(SipTransport transport) {
        Flow own = FlowsForTests.flow(transport);
        peers.add(own);
        peers.add(own);
        assertThat(peers.trusts(own)).isTrue();
        assertThat(peers.trusts(FlowsForTests.flow(transport)))
                .as("another connection from there")
                .isFalse();
        peers.remove(own);
        assertThat(peers.trusts(own)).as("one account is left").isTrue();
        peers.remove(own);
        assertThat(peers.trusts(own)).isFalse();
    }

    @Test
    void an_address_is_trusted_until_its_last_account_is_gone() {
        Flow from = FlowsForTests.udp();
        List<InetAddress> addresses = List.of(from.remote().getAddress());
        peers.add(addresses);
        peers.add(addresses);
        peers.remove(addresses);
        assertThat(peers.trusts(from)).isTrue();
        peers.remove(addresses);
        assertThat(peers.trusts(from)).isFalse();
    }

    /** By its Contact, or by the route that it recorded; neither is a proof over an encrypted connection. */
    @ParameterizedTest
    @EnumSource(SipTransport.class)
    void a_dialogs_far_end_is_trusted_by_its_address_only_without_encryption(SipTransport transport) {
        SipScene scene = new SipScene();
        SipEndpoint endpoint = scene.endpoint();
        scene.register(endpoint);
        Flow from = FlowsForTests.flow(transport);
        String there = from.remote().getAddress().getHostAddress();
        String elsewhere = "192.0.2.77";

        assertThat(scene.on(() -> endpoint.trustsWithin(dialog(scene, there, null), from)))
                .as("named by its Contact")
                .isEqualTo(isReadable(transport));
        assertThat(scene.on(() -> endpoint.trustsWithin(dialog(scene, there, elsewhere), from)))
                .as("named by its Contact, behind another route")
                .isEqualTo(isReadable(transport));
        assertThat(scene.on(() -> endpoint.trustsWithin(dialog(scene, elsewhere, there), from)))
                .as("named by its route")
                .isEqualTo(isReadable(transport));
        assertThat(scene.on(() -> endpoint.trustsWithin(dialog(scene, elsewhere, null), from)))
                .as("not named")
                .isFalse();
    }

    private static Dialog dialog(SipScene scene, String contact, @Nullable String route) {
        SipRequest.Builder invite = scene.fromPbx("INVITE", SipUri.of("sip:1001@192.0.2.1"), "trust")
                .contact(NameAddr.of(SipUri.of("sip:1002@" + contact + ":5060")));
        if (route != null) {
            invite.set("Record-Route", "<sip:" + route + ";lr>");
        }
        return Dialog.uas(invite.build(), "local", false);
    }
}
