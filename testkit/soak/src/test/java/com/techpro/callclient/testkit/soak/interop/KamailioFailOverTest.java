// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two Kamailios that dnsmasq's SRV records name, the better first (RFC 2782, 3263 §4.3). Nothing but the domain is configured in the engine. */
@Tag("interop")
@Tag("real-timers")
class KamailioFailOverTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** The better server is asked again with the first refresh that comes a minute after it was left: at 80 to 90 % of this. */
    private static final Duration EXPIRY = Duration.ofSeconds(76);

    private static final Duration RETURN = EXPIRY.plus(LIMIT);

    /** A REGISTER, and the same with the proof. */
    private static final int ONE_REGISTRATION = 2;

    @TempDir
    Path directory;

    private Kamailio better;
    private Kamailio other;
    private PeerProcess dns;
    private int dnsPort;

    @BeforeEach
    void start() throws IOException {
        better = Kamailio.forFleet(Files.createDirectory(directory.resolve("better")), "SHA-256");
        other = Kamailio.forFleet(Files.createDirectory(directory.resolve("other")), "SHA-256");
        dnsPort = Ports.freeRun(1);
        dns = PeerProcess.start(
                directory,
                List.of(
                        "dnsmasq",
                        "--keep-in-foreground",
                        "--conf-file=/dev/null",
                        "--no-resolv",
                        "--no-hosts",
                        "--pid-file=" + directory.resolve("dnsmasq.pid"),
                        "--listen-address=127.0.0.1",
                        "--bind-interfaces",
                        "--port=" + dnsPort,
                        "--naptr-record=pbx.test,10,0,s,SIPS+D2T,,_sips._tcp.pbx.test",
                        "--srv-host=_sips._tcp.pbx.test,localhost," + better.port(SipTransport.TLS) + ",10,0",
                        "--srv-host=_sips._tcp.pbx.test,localhost," + other.port(SipTransport.TLS) + ",20,0"));
        dns.awaitListening(dnsPort, LIMIT);
    }

    @AfterEach
    void stop() {
        dns.close();
        other.close();
        better.close();
    }

    private EnginePhone phone(String extension) {
        SipAccount.Builder account = SipAccount.builder(
                        extension, PhoneServer.DOMAIN, Secret.of(PhoneServer.passwordOf(extension)))
                .registrationExpiry(EXPIRY)
                .tlsTrust(PemAuthority.anchoredAt(better.authorityFile(), other.authorityFile()));
        InetSocketAddress nameServer = new InetSocketAddress(InetAddress.getLoopbackAddress(), dnsPort);
        return new EnginePhone(account, null, config -> config.platform(p -> p.nameServers(() -> List.of(nameServer))));
    }

    @Test
    @Timeout(240)
    void accounts_fail_over_to_the_second_server_and_return_to_the_first() {
        try (EnginePhone caller = phone("1001").awaitRegistered();
                EnginePhone called = phone("1002").answering().awaitRegistered()) {
            assertThat(better.fleet().registered()).isEqualTo(2);
            assertThat(other.fleet().requests()).isZero();

            better.kill();
            Await.until("both are at the other", () -> other.fleet().registered() == 2, LIMIT);
            caller.awaitRegistered();
            called.awaitRegistered();
            talk(caller, called);

            better.startAgain();
            Await.until("both are at the better one again", () -> better.fleet().registered() == 2, RETURN);
            caller.awaitRegistered();
            called.awaitRegistered();
            talk(caller, called);
            assertThat(better.fleet().mostOfOne()).isEqualTo(ONE_REGISTRATION);
            assertThat(other.fleet().mostOfOne()).isLessThanOrEqualTo(ONE_REGISTRATION + 1);
        }
    }

    private static void talk(EnginePhone caller, EnginePhone called) {
        Call call = caller.account().dial("1002");
        EnginePhone.awaitState(call, CallState.ESTABLISHED);
        call.hangUp();
        EnginePhone.awaitEnding(call);
        called.awaitIncoming();
    }
}
