// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.fleet;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Random;

/** So many phones, each an engine of its own with one account, and the registrars of their phone system. */
final class Fleet implements AutoCloseable {
    static final String DOMAIN = "fleet.example.com";
    private static final Duration STEP = Duration.ofSeconds(1);

    final VirtualTime time;
    final SimulatedNetwork network;
    final List<FleetRegistrar> registrars = new ArrayList<>();
    private final SipTransport transport;
    private final List<CallClient> clients = new ArrayList<>();
    private final List<Account> accounts = new ArrayList<>();

    Fleet(long seed, SipTransport transport) {
        this.transport = transport;
        time = VirtualTime.seeded(seed);
        network = new SimulatedNetwork(time, seed);
    }

    /** One more, and up. The first are asked first. */
    FleetRegistrar registrar(String address, int priority, int requestsPerSecond, FleetRegistrar.Overload overload) {
        FleetRegistrar registrar = new FleetRegistrar(
                network.host(address), address, time.openLoop("registrar " + address), requestsPerSecond, overload);
        registrars.add(registrar);
        registrar.start();
        publish(address, priority);
        return registrar;
    }

    /** What the name servers say of the phone system from now on is nothing but what is published then. */
    void forgetServers() {
        network.dns().remove(service());
    }

    private String service() {
        return "_sip._" + (transport == SipTransport.UDP ? "udp" : "tcp") + "." + DOMAIN;
    }

    void publish(String address, int priority) {
        String name = "s" + address.substring(address.lastIndexOf('.') + 1) + "." + DOMAIN;
        network.dns().srv(service(), priority, 50, 5060, name).address(name, address);
    }

    /** Phones that are switched on one after the other within that time. */
    Fleet phones(int count, Duration within) {
        Duration apart = within.dividedBy(count);
        for (int i = 0; i < count; i++) {
            String address = "10." + i / 62_500 + "." + i / 250 % 250 + "." + (i % 250 + 1);
            Random random = time.random("phone" + i);
            CallClient client = CallClient.create(CallClientConfig.builder()
                    .lab(lab ->
                            lab.schedulers(time).network(network.host(address)).random(random))
                    .callbacks(Runnable::run)
                    .build());
            clients.add(client);
            accounts.add(client.addAccount(SipAccount.builder("u" + i, DOMAIN, Secret.of("pw"))
                    .transport(transport)
                    .securityFloor(
                            SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia())
                    .build()));
            time.advance(apart);
        }
        return this;
    }

    /** How many are {@link #registered}, second by second until all are or that long has passed. */
    int[] curve(Duration longest) {
        List<Integer> curve = new ArrayList<>();
        curve.add(registered());
        while (curve.get(curve.size() - 1) < accounts.size() && curve.size() <= longest.toSeconds()) {
            time.advance(STEP);
            curve.add(registered());
        }
        return curve.stream().mapToInt(Integer::intValue).toArray();
    }

    /** How many are registered: a registrar that is up knows them, and they know that it does. */
    int registered() {
        int registered = 0;
        for (int i = 0; i < accounts.size(); i++) {
            String user = "u" + i;
            if (accounts.get(i).registration().state() == RegistrationState.REGISTERED
                    && registrars.stream().anyMatch(registrar -> registrar.knows(user))) {
                registered++;
            }
        }
        return registered;
    }

    /** Requests a phone, at all registrars. */
    IntSummaryStatistics requests() {
        int[] counts = new int[accounts.size()];
        registrars.forEach(registrar ->
                registrar.requests().forEach((user, count) -> counts[Integer.parseInt(user.substring(1))] += count));
        return Arrays.stream(counts).summaryStatistics();
    }

    void count() {
        registrars.forEach(FleetRegistrar::count);
    }

    @Override
    public void close() {
        clients.forEach(CallClient::close);
        time.advance(Duration.ofSeconds(40));
        registrars.forEach(FleetRegistrar::close);
        network.close();
        time.close();
    }
}
