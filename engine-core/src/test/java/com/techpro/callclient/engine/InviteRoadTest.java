// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.testkit.contracts.ForwardingNetwork;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The roads of an INVITE: from {@code dial} to the network, and from the network to the listener. A
 * class counts if it calls the next. What returns a value to its caller does not count.
 */
class InviteRoadTest {
    /** Keeps who called whom when an INVITE was sent. */
    private static final class Watched extends ForwardingNetwork {
        private final List<StackTraceElement[]> invites = new ArrayList<>();

        Watched(Network below) {
            super(below);
        }

        @Override
        public DatagramLink openDatagram(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
            DatagramLink link = super.openDatagram(local, receiver);
            return (DatagramLink) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {DatagramLink.class}, (proxy, method, args) -> {
                        if (method.getName().equals("send") && text(args[0]).startsWith("INVITE ")) {
                            invites.add(new Throwable().getStackTrace());
                        }
                        return method.invoke(link, args);
                    });
        }

        private static String text(Object message) {
            return StandardCharsets.UTF_8
                    .decode(((ByteBuffer) message).duplicate())
                    .toString();
        }
    }

    private static List<StackTraceElement> dialled() {
        try (PhoneScene scene = new PhoneScene(1)) {
            String address = "192.0.2.21";
            Watched network = new Watched(scene.network.host(address));
            PhoneScene.Phone caller = scene.phone("1001", address, config -> config.lab(lab -> lab.network(network)))
                    .registered();

            caller.account.dial("1002");
            scene.until(() -> !network.invites.isEmpty());

            return List.of(network.invites.get(0));
        }
    }

    @Test
    void a_call_obtains_its_flow_once() {
        assertThat(dialled())
                .filteredOn(call -> call.getClassName().endsWith(".OutboundFlow")
                        && call.getMethodName().equals("obtain"))
                .hasSize(1);
    }

    @Test
    void a_dialled_call_passes_at_most_17_classes() {
        assertThat(classes(dialled())).hasSizeLessThanOrEqualTo(17);
    }

    @Test
    void an_incoming_call_passes_at_most_10_classes() {
        List<StackTraceElement> road = new ArrayList<>();
        try (PhoneScene scene = new PhoneScene(1)) {
            PhoneScene.Phone caller = scene.phone("1001", "192.0.2.21").registered();
            PhoneScene.Phone callee = scene.phone("1002", "192.0.2.22").registered();
            callee.client.addListener(new CallClientListener() {
                @Override
                public void incomingCall(Call call, CallSnapshot snapshot) {
                    road.addAll(List.of(new Throwable().getStackTrace()));
                }
            });

            caller.account.dial("1002");
            scene.until(() -> !road.isEmpty());
        }

        assertThat(classes(road)).hasSizeLessThanOrEqualTo(10);
    }

    private static Set<String> classes(List<StackTraceElement> road) {
        return road.stream()
                .map(StackTraceElement::getClassName)
                .filter(name -> name.matches("com\\.techpro\\.callclient\\.(engine\\.internal|stack)\\..*"))
                .map(name -> name.replaceFirst(".*\\.(\\w+).*", "$1"))
                .collect(Collectors.toSet());
    }
}
