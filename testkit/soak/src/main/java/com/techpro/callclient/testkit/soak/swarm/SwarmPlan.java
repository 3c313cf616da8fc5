// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A world of a swarm and all its events. The same plan gives the same run. It prints as lines of text, the world first,
 * and {@link #parse} reads them.
 *
 * @param seed of the network, the engines and the PBX
 * @param login whether users log in and their logins are stored; else the app gives an account
 * @param length until all faults end
 */
record SwarmPlan(
        long seed,
        int phones,
        SipTransport transport,
        boolean dtls,
        boolean ice,
        boolean nat,
        boolean login,
        String codec,
        Duration length,
        List<SwarmEvent> events) {
    /** Opus seldom, and with few phones, as it costs most of the time. */
    private static final List<String> CODECS = List.of("pcma", "pcma", "pcma", "pcma", "pcma", "g722", "g722", "opus");

    private static final List<SipTransport> TRANSPORTS =
            List.of(SipTransport.UDP, SipTransport.TCP, SipTransport.TLS, SipTransport.WSS);
    private static final int MOST_PHONES = 30;

    SwarmPlan {
        events = List.copyOf(events);
        if (phones < 1 || phones > MOST_PHONES) {
            throw new IllegalArgumentException("a world has 1 to " + MOST_PHONES + " phones");
        }
        for (SwarmEvent event : events) {
            if (event.phone() < 0 || event.phone() >= phones) {
                throw new IllegalArgumentException("there is no phone " + event.phone());
            }
        }
    }

    /** Draws a world. Each has its own kinds of faults and habits of users (Groce 2012), or all runs look alike. */
    static SwarmPlan drawn(long seed) {
        Random random = Seeds.random(seed, "swarm");
        String codec = CODECS.get(random.nextInt(CODECS.size()));
        int usual = 2 + random.nextInt(codec.equals("opus") ? 2 : 7);
        int phones = random.nextInt(40) == 0 ? 9 + random.nextInt(MOST_PHONES - 8) : usual;
        SipTransport transport = TRANSPORTS.get(random.nextInt(TRANSPORTS.size()));
        boolean dtls = random.nextInt(3) == 0;
        boolean ice = random.nextInt(3) == 0;
        boolean nat = random.nextInt(3) == 0;
        boolean login = random.nextBoolean();
        Duration length = Duration.ofSeconds(60 + random.nextInt(240));
        Map<SwarmAction, Integer> habits = new EnumMap<>(SwarmAction.class);
        for (SwarmAction verb : SwarmAction.faults(false)) {
            int liking = verb == SwarmAction.DIAL || verb == SwarmAction.ANSWER ? 2 : random.nextInt(4);
            habits.put(verb, liking * verb.weight());
        }
        Map<SwarmAction, Integer> faults = new EnumMap<>(SwarmAction.class);
        for (SwarmAction fault : SwarmAction.faults(true)) {
            faults.put(fault, random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 0);
        }
        List<SwarmEvent> events = new ArrayList<>();
        int verbs = (int) (phones * length.toSeconds() / 10);
        List<SwarmEvent> users = drawn(verbs, habits, phones, length, random);
        events.addAll(users);
        users.stream()
                .filter(event -> event.action() == SwarmAction.DIAL)
                .forEach(dial -> events.addAll(talk(dial, phones, length, random)));
        events.addAll(drawn((int) (length.toSeconds() / (5 + random.nextInt(40))), faults, phones, length, random));
        events.sort(Comparator.comparing(SwarmEvent::at));
        return new SwarmPlan(seed, phones, transport, dtls, ice, nat, login, codec, length, events);
    }

    private static List<SwarmEvent> drawn(
            int count, Map<SwarmAction, Integer> weights, int phones, Duration length, Random random) {
        List<SwarmAction> urn = new ArrayList<>();
        weights.forEach((action, weight) -> {
            for (int i = 0; i < weight; i++) {
                urn.add(action);
            }
        });
        List<SwarmEvent> drawn = new ArrayList<>();
        for (int i = 0; i < count && !urn.isEmpty(); i++) {
            drawn.add(new SwarmEvent(
                    Duration.ofMillis(random.nextInt((int) length.toMillis())),
                    random.nextInt(phones),
                    urn.get(random.nextInt(urn.size())),
                    random.nextInt(1 << 20)));
        }
        return drawn;
    }

    /** Most calls are answered soon, and end. */
    private static List<SwarmEvent> talk(SwarmEvent dial, int phones, Duration length, Random random) {
        int callee = dial.draw() % phones;
        SwarmEvent answer = new SwarmEvent(
                dial.at().plusMillis(random.nextInt(6_000)), callee, SwarmAction.ANSWER, random.nextInt(1 << 20));
        SwarmEvent hangUp = new SwarmEvent(
                answer.at().plusMillis(random.nextInt(30_000)),
                random.nextBoolean() ? callee : dial.phone(),
                SwarmAction.HANG_UP,
                random.nextInt(1 << 20));
        return Stream.of(answer, hangUp)
                .filter(event -> event.at().compareTo(length) < 0 && random.nextInt(5) > 0)
                .toList();
    }

    SwarmPlan withEvents(List<SwarmEvent> others) {
        return new SwarmPlan(seed, phones, transport, dtls, ice, nat, login, codec, length, others);
    }

    static SwarmPlan parse(List<String> lines) {
        Map<String, String> world = new HashMap<>();
        List<SwarmEvent> events = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("seed=")) {
                for (String setting : line.split(" +", -1)) {
                    int equals = setting.indexOf('=');
                    world.put(setting.substring(0, equals), setting.substring(equals + 1));
                }
            } else if (!line.isBlank() && !line.startsWith("#")) {
                events.add(SwarmEvent.parse(line));
            }
        }
        return new SwarmPlan(
                Long.parseLong(read(world, "seed")),
                Integer.parseInt(read(world, "phones")),
                SipTransport.valueOf(read(world, "transport")),
                Boolean.parseBoolean(read(world, "dtls")),
                Boolean.parseBoolean(read(world, "ice")),
                Boolean.parseBoolean(read(world, "nat")),
                Boolean.parseBoolean(read(world, "login")),
                read(world, "codec"),
                Duration.ofMillis(Long.parseLong(read(world, "length"))),
                events);
    }

    private static String read(Map<String, String> world, String name) {
        String value = world.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the world has no " + name);
        }
        return value;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("seed=" + seed + " phones=" + phones + " transport=" + transport
                + " dtls=" + dtls + " ice=" + ice + " nat=" + nat + " login=" + login + " codec=" + codec
                + " length=" + length.toMillis());
        events.forEach(event -> text.append('\n').append(event));
        return text.toString();
    }
}
