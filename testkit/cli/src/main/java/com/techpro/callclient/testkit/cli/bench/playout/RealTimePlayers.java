// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.playout;

import com.techpro.callclient.testkit.cli.bench.playout.NetworkTrace.Condition;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Another program, once for each trace, all in real time and at once. */
final class RealTimePlayers implements AutoCloseable {
    private final String program;
    private final Map<Condition, Player> players = new EnumMap<>(Condition.class);

    /** One of them, which plays from its construction on. */
    interface Player extends AutoCloseable {
        /**
         * Waits until all is played.
         *
         * @return as many samples, the first at the time of the first that was spoken; null if the program failed
         */
        short @Nullable [] played(int samples) throws IOException;

        /** What else is to be known of it, once all is played; empty if nothing is. */
        default String note() {
            return "";
        }

        @Override
        void close() throws IOException;
    }

    /** Starts one. */
    interface Start {
        /** @return null if the program is not installed */
        @Nullable
        Player of(NetworkTrace trace) throws IOException;
    }

    private RealTimePlayers(String program) {
        this.program = program;
    }

    static RealTimePlayers start(String program, Map<Condition, NetworkTrace> traces, Start start) throws IOException {
        RealTimePlayers started = new RealTimePlayers(program);
        try {
            for (Map.Entry<Condition, NetworkTrace> entry : traces.entrySet()) {
                Player player = start.of(entry.getValue());
                if (player != null) {
                    started.players.put(entry.getKey(), player);
                }
            }
            return started;
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    String program() {
        return program;
    }

    /** Waits until all is played; a program that failed is without sound. */
    Map<Condition, short[]> played(int samples) throws IOException {
        Map<Condition, short[]> sounds = new EnumMap<>(Condition.class);
        for (Map.Entry<Condition, Player> entry : players.entrySet()) {
            short[] sound = entry.getValue().played(samples);
            if (sound != null) {
                sounds.put(entry.getKey(), sound);
            }
        }
        return sounds;
    }

    /** What else is to be known of how a trace was played. */
    String note(Condition condition) {
        Player player = players.get(condition);
        return player == null ? "" : player.note();
    }

    /** Why there is no sound. */
    String absence() {
        return program + (players.isEmpty() ? " is not installed" : " failed");
    }

    @Override
    public void close() throws IOException {
        for (Player player : players.values()) {
            player.close();
        }
    }
}
