// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.helpers.FakeNameServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A system without {@code /etc/resolv.conf}, as Android is: its host knows the name servers, or nobody does. */
@Tag("real")
class NameServersOfTheHostTest {
    private static CallClient register(String domain, Supplier<List<InetSocketAddress>> nameServers) {
        CallClient client = CallClient.create(CallClientConfig.builder()
                .platform(p -> p.nameServers(nameServers))
                .callbacks(Runnable::run)
                .listener(new CallClientListener() {})
                .build());
        client.addAccount(SipAccount.builder("1001", domain, Secret.of("pw"))
                .transport(SipTransport.UDP)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                .build());
        return client;
    }

    @Test
    void a_phone_system_is_found_by_the_name_servers_that_the_host_names() throws IOException {
        try (FakeNameServer names = new FakeNameServer();
                DatagramSocket registrar = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            names.localPort = registrar.getLocalPort();
            registrar.setSoTimeout(20_000);

            CallClient client = register("local.test", () -> List.of(names.address()));
            DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
            registrar.receive(packet);
            client.close();

            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                    .startsWith("REGISTER sip:local.test SIP/2.0");
        }
    }

    @Test
    void RFC_3263_4_2_without_any_the_address_and_the_default_port_are_taken() {
        int[] asked = {0};
        CallClient client = register("localhost", () -> {
            asked[0]++;
            return List.of();
        });

        // UDP finds a way to an address or it does not: a flow is the proof that the name was found.
        Await.until(
                () -> asked[0] > 0
                        && client.counters().toCompletableFuture().join().flows() > 0,
                Duration.ofSeconds(20));
        client.close();
    }
}
