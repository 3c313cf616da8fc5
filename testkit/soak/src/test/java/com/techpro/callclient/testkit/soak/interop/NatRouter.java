// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A home's router: translates addresses as Linux does, lets in what was asked for, and counts. */
final class NatRouter implements AutoCloseable {
    private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

    private final NetworkNamespace namespace;
    private final String publicAddress;
    private final String lan;
    private final Path rules;
    private int homes;

    /**
     * @param role its name among the namespaces
     * @param publicAddress what others see of everybody behind it
     * @param lan the first three bytes of the addresses behind it, such as {@code 192.168.11}
     */
    NatRouter(NetworkNamespace internet, String role, String publicAddress, String lan, Path directory) {
        this.namespace = new NetworkNamespace(role);
        this.publicAddress = publicAddress;
        this.lan = lan;
        this.rules = directory.resolve(role + ".nft");
        namespace.connect("wan", internet, role);
        internet.plug(role, NatNetwork.BRIDGE);
        namespace.in("ip", "address", "add", publicAddress + "/24", "dev", "wan");
        namespace.addBridge("lan", lan + ".1/24");
        namespace.set("net/ipv4/ip_forward", "1");
    }

    /** How it chooses the port that stands for a socket behind it. */
    enum Mapping {
        /** The socket's own where it can, whoever is sent to. */
        PORT_PRESERVING("masquerade"),
        /** Another, at random, for each destination. */
        SYMMETRIC("masquerade fully-random");

        private final String statement;

        Mapping(String statement) {
            this.statement = statement;
        }
    }

    /** What passed the router, either way. */
    enum Traffic {
        /** UDP to and from the other home. */
        DIRECT,
        /** To and from the relay. */
        RELAYED
    }

    String publicAddress() {
        return publicAddress;
    }

    /** A namespace with an address behind the router. */
    NetworkNamespace home(String role) {
        NetworkNamespace home = new NetworkNamespace(role);
        homes++;
        home.connect("eth0", namespace, "port" + homes);
        namespace.plug("port" + homes, "lan");
        home.in("ip", "address", "add", lan + "." + (1 + homes) + "/24", "dev", "eth0");
        home.in("ip", "route", "add", "default", "via", lan + ".1");
        return home;
    }

    /**
     * Puts these rules in the place of whatever was before. The counters begin anew.
     *
     * @param other whose UDP is counted
     */
    void route(Mapping mapping, NatRouter other) {
        load("""
                flush ruleset
                table ip nat {
                    chain out { type nat hook postrouting priority srcnat; oifname "wan" %s; }
                }
                table ip filter {
                    counter direct {}
                    counter relayed {}
                    chain blocked {}
                    chain to_router { type filter hook input priority filter; iifname "wan" meta l4proto udp drop; }
                    chain through { type filter hook forward priority filter; policy drop;
                        iifname "lan" oifname "lan" accept
                        jump blocked
                        meta l4proto udp ip daddr %3$s counter name direct
                        meta l4proto udp ip saddr %3$s counter name direct
                        ip daddr %2$s counter name relayed
                        ip saddr %2$s counter name relayed
                        oifname "wan" accept
                        iifname "wan" ct state established,related accept
                    }
                }
                """.formatted(mapping.statement, NatNetwork.RELAY_ADDRESS, other.publicAddress));
    }

    /** From now on nothing comes from the other home or goes there; a relay is still reached. */
    void block(NatRouter other) {
        load("add rule ip filter blocked ip daddr %1$s drop; add rule ip filter blocked ip saddr %1$s drop\n"
                .formatted(other.publicAddress));
    }

    /** From now on no UDP passes. */
    void blockUdp() {
        load("add rule ip filter blocked meta l4proto udp drop\n");
    }

    private void load(String text) {
        try {
            Files.writeString(rules, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        namespace.in("nft", "-f", rules.toString());
    }

    /** Packets since the rules were put in place. */
    long packets(Traffic traffic) {
        String counter = traffic == Traffic.DIRECT ? "direct" : "relayed";
        Matcher found = PACKETS.matcher(namespace.in("nft", "list", "counter", "ip", "filter", counter));
        if (!found.find()) {
            throw new AssertionError("nft tells no packets");
        }
        return Long.parseLong(found.group(1));
    }

    @Override
    public void close() {
        namespace.close();
    }
}
