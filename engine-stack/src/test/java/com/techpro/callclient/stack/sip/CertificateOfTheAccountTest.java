// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import com.techpro.callclient.stack.sip.transport.TransportEvents;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import com.techpro.callclient.stack.sip.transport.TransportLimits;
import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.Certificates.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which name the certificate of an account's server must have (RFC 5922 §4, §7.3): the user's word counts, DNS's does not. */
class CertificateOfTheAccountTest implements TransportEvents {
    private static final Identity CA = Certificates.authority("Test Authority");
    private static final String SERVER = "192.0.2.30";

    private final SipScene scene = new SipScene();
    private final List<String> outcome = new ArrayList<>();

    private String connect(String domain, String proxy, Identity identity) {
        scene.network.dns().address("pbx.test", SERVER);
        scene.network.dns().address("edge.test", SERVER);
        scene.network.dns().address("real.test", SERVER);
        scene.network.dns().srv("_sips._tcp.pbx.test", 1, 0, 5061, "real.test");
        EngineLoop loop = new EngineLoop(scene.time.openLoop("server"));
        loop.execute(() -> {
            TransportLayer server = new TransportLayer(
                    loop,
                    scene.network.host(SERVER),
                    scene.time.workers(),
                    scene.time.random("server"),
                    this,
                    TransportLimits.DEFAULT);
            try {
                server.listen(SipTransport.TLS, new InetSocketAddress(SERVER, 5061), identity.context());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        SipAccount.Builder account =
                SipAccount.builder("1001", domain, Secret.of("x")).tlsTrust(TlsTrust.anchoredAt(CA.certificate()));
        SipEndpoint endpoint = scene.endpoint(account.outboundProxy(proxy == null ? null : HostPort.parse(proxy))
                .build());
        scene.run(() -> endpoint.connect(new FlowCallback() {
            @Override
            public void opened(Flow flow) {
                outcome.add("opened");
            }

            @Override
            public void failed(Failure failure) {
                outcome.add(failure.code());
            }
        }));
        scene.pass(2_000);
        assertThat(outcome).hasSize(1);
        return outcome.get(0);
    }

    private static Identity named(String name) {
        if (name.startsWith("cn:")) {
            return Certificates.named(name.substring(3)).issuedBy(CA);
        }
        Certificates.Request request = Certificates.named("x");
        if (name.startsWith("dns:")) {
            return request.dns(name.substring(4)).issuedBy(CA);
        }
        return (Character.isDigit(name.charAt(0)) ? request.ip(name) : request.dns(name)).issuedBy(CA);
    }

    @ParameterizedTest
    @CsvSource({
        // Without a proxy the domain, whatever DNS says.
        "pbx.test, , pbx.test, opened",
        "pbx.test:5061, , pbx.test, opened",
        "pbx.test, , real.test, tls-host-name",
        "pbx.test, , edge.test, tls-host-name",
        "192.0.2.30:5061, , 192.0.2.30, opened",
        "192.0.2.30:5061, , pbx.test, tls-host-name",
        // A name that looks like an address does not speak for it.
        "192.0.2.30:5061, , dns:192.0.2.30, tls-host-name",
        "192.0.2.30:5061, , cn:192.0.2.30, tls-host-name",
        "pbx.test, 192.0.2.30, dns:192.0.2.30, tls-host-name",
        "pbx.test, 192.0.2.30, cn:192.0.2.30, tls-host-name",
        "pbx.test, , cn:pbx.test, opened",
        // With one either.
        "pbx.test, edge.test, pbx.test, opened",
        "pbx.test, edge.test, edge.test, opened",
        "pbx.test, edge.test, real.test, tls-host-name",
        "pbx.test, 192.0.2.30, pbx.test, opened",
        "pbx.test, 192.0.2.30, 192.0.2.30, opened",
        "pbx.test, 192.0.2.30, edge.test, tls-host-name",
        "pbx.test, pbx.test, pbx.test, opened"
    })
    void the_domain_counts_and_a_proxy_that_the_user_named(
            String domain, String proxy, String certificate, String expected) {
        assertThat(connect(domain, proxy, named(certificate))).isEqualTo(expected);
    }

    @Test
    void a_wildcard_stands_for_neither() {
        assertThat(connect("pbx.test", "edge.test", named("*.test"))).isEqualTo("tls-host-name");
    }

    @Override
    public void received(SipMessage message, Flow flow) {}

    @Override
    public void flowClosed(Flow flow, Failure why) {}

    @Override
    public void tooLarge(SipMessage message, Flow flow) {}

    @Override
    public void pong(Flow flow) {}
}
