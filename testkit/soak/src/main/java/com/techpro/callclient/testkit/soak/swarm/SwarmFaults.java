// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.SimulatedDns;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Makes the faults of a plan begin and end. */
final class SwarmFaults {
    private static final int LONGEST_SECONDS = 45;
    /** With more, a BYE and all its retransmissions are lost every now and then. */
    private static final int MOST_LOSS_PERCENT = 25;

    private static final Duration USUAL_DNS_DELAY = Duration.ofMillis(5);
    /** No host has this address. */
    private static final String NOBODY = "10.0.9.99";

    private final SwarmWorld world;
    private final List<Ending> endings = new ArrayList<>();
    private boolean pbxDown;
    private int addresses;

    private record Ending(Duration at, Runnable task) {}

    SwarmFaults(SwarmWorld world) {
        this.world = world;
    }

    /** Ends what has lasted long enough. */
    void endDue() {
        for (Ending ending : List.copyOf(endings)) {
            if (ending.at().compareTo(world.time.elapsed()) <= 0) {
                endings.remove(ending);
                ending.task().run();
            }
        }
    }

    void endAll() {
        List<Ending> open = List.copyOf(endings);
        endings.clear();
        open.forEach(ending -> ending.task().run());
    }

    /** Returns whether it has an effect. */
    boolean begin(SwarmEvent event) {
        SwarmPhone phone = world.phones.get(event.phone());
        int draw = event.draw();
        Duration length = Duration.ofSeconds(1 + draw % LONGEST_SECONDS);
        switch (event.action()) {
            case LOSS -> impair(phone, length, conditions -> conditions.withLoss(draw % MOST_LOSS_PERCENT / 100.0));
            case DELAY ->
                impair(
                        phone,
                        length,
                        conditions -> conditions
                                .withDelay(Duration.ofMillis(draw % 400))
                                .withJitter(Duration.ofMillis(draw % 90)));
            case REORDERING ->
                impair(
                        phone,
                        length,
                        conditions -> conditions.withReordering(draw % 50 / 100.0, Duration.ofMillis(draw % 100)));
            case DUPLICATION -> impair(phone, length, conditions -> conditions.withDuplicates(draw % 50 / 100.0));
            case PARTITION -> impair(phone, length, conditions -> conditions.withPartition(true));
            case STREAM_RESET -> {
                if (!world.plan.transport().isStream()) {
                    return false;
                }
                world.network.resetStreams(SwarmWorld.PBX, phone.address());
            }
            case NAT_REBINDING -> {
                if (!world.plan.nat()) {
                    return false;
                }
                world.network.nat("198.51.100." + (phone.number + 1)).rebind();
            }
            case ADDRESS_CHANGE -> {
                String address = (world.plan.nat() ? "192.168.1." : "10.0.2.") + ++addresses;
                phone.host.moveTo(address);
                phone.monitor.become(NetworkMonitor.Status.on(address));
            }
            case OFFLINE -> {
                NetworkMonitor.Status before = phone.monitor.current();
                if (!before.connected()) {
                    return false;
                }
                impair(phone, length, conditions -> conditions.withPartition(true));
                phone.monitor.become(NetworkMonitor.Status.OFFLINE);
                lasting(length, () -> phone.monitor.become(before));
            }
            case PBX_RESTART, PBX_FORGETS, PBX_OUTAGE -> {
                return beginAtPbx(event.action(), length);
            }
            case DNS_FAILS, DNS_HANGS, DNS_LIES -> {
                return beginAtDns(event.action(), length);
            }
            case CLOCK_JUMP -> {
                Duration jump = Duration.ofMinutes(draw % 600 - 300);
                world.time.jumpWallClock(jump);
                lasting(length, () -> world.time.jumpWallClock(jump.negated()));
            }
            case STORE_FAILS -> failStore(phone, SecureStoreException.Reason.FAILED, length);
            case DISK_FULL -> failStore(phone, SecureStoreException.Reason.FULL, length);
            case PROCESS_DEATH, DEATH_AT_WRITE -> {
                if (phone.client() == null) {
                    return false;
                }
                if (event.action() == SwarmAction.PROCESS_DEATH) {
                    phone.die();
                } else {
                    phone.store().dieAtWrite(draw % 4, draw % 8 < 4);
                }
                lasting(length, () -> {
                    phone.store().dieAtWrite(-1, false);
                    phone.start();
                });
            }
            case MICROPHONE_LOST -> {
                phone.audio.lose();
                lasting(length, phone.audio::restore);
            }
            case LISTENER_THROWS -> {
                phone.listenerThrows(true);
                lasting(length, () -> phone.listenerThrows(false));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean beginAtDns(SwarmAction fault, Duration length) {
        if (!world.byName) {
            return false;
        }
        SimulatedDns dns = world.network.dns();
        if (fault == SwarmAction.DNS_FAILS) {
            dns.failing(SwarmWorld.PBX_NAME, true);
            lasting(length, () -> dns.failing(SwarmWorld.PBX_NAME, false));
        } else if (fault == SwarmAction.DNS_HANGS) {
            dns.delay(length);
            lasting(length, () -> dns.delay(USUAL_DNS_DELAY));
        } else {
            dns.remove(SwarmWorld.PBX_NAME).address(SwarmWorld.PBX_NAME, NOBODY);
            lasting(length, () -> dns.remove(SwarmWorld.PBX_NAME).address(SwarmWorld.PBX_NAME, SwarmWorld.PBX));
        }
        return true;
    }

    private boolean beginAtPbx(SwarmAction fault, Duration length) {
        if (pbxDown) {
            return false;
        }
        if (fault == SwarmAction.PBX_RESTART) {
            world.pbx.restart();
        } else if (fault == SwarmAction.PBX_FORGETS) {
            world.pbx.forgetRegistrations();
        } else {
            world.pbx.crash();
            pbxDown = true;
            lasting(length, () -> {
                pbxDown = false;
                world.pbx.recover();
            });
        }
        return true;
    }

    private void failStore(SwarmPhone phone, SecureStoreException.Reason reason, Duration length) {
        phone.disk.fail(reason);
        lasting(length, () -> phone.disk.fail(null));
    }

    /** Between the PBX and the phone where it is now. */
    private void impair(SwarmPhone phone, Duration length, UnaryOperator<LinkConditions> change) {
        InetAddress address = phone.host.addresses().get(0);
        String there = address.getHostAddress();
        world.network.conditionsBetween(SwarmWorld.PBX, there, change.apply(LinkConditions.LAN));
        lasting(length, () -> world.network.conditionsBetween(SwarmWorld.PBX, there, LinkConditions.LAN));
    }

    private void lasting(Duration length, Runnable end) {
        endings.add(new Ending(world.time.elapsed().plus(length), end));
    }
}
