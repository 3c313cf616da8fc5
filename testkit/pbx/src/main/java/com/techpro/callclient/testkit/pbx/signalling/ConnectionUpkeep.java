// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.signalling;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Imitates how PBXs in the field maintain a phone's connection: pings it, and closes it when idle.
 * On the signalling loop.
 */
final class ConnectionUpkeep {
    static final Duration PING_EVERY = Duration.ofSeconds(90);
    static final Duration LONGEST_IDLE = Duration.ofMinutes(2);

    private final EngineLoop loop;
    private final PbxSettings settings;
    private final Consumer<Flow> ping;
    private final Consumer<Flow> close;
    private final Map<Flow, String> extensions = new HashMap<>();
    private final Map<Flow, Timer> pingTimers = new HashMap<>();
    private final Map<Flow, Timer> idleTimers = new HashMap<>();

    ConnectionUpkeep(EngineLoop loop, PbxSettings settings, Consumer<Flow> ping, Consumer<Flow> close) {
        this.loop = loop;
        this.settings = settings;
        this.ping = ping;
        this.close = close;
    }

    /**
     * A message arrived from the phone.
     *
     * @param extension of the phone, if the message names it
     */
    void heard(Flow flow, @Nullable String extension) {
        if (!flow.transport().isStream()) {
            return;
        }
        if (extension != null) {
            extensions.put(flow, extension);
        }
        if (does(FieldBehaviour.OWN_PINGS, flow) && !pingTimers.containsKey(flow)) {
            pingLater(flow);
        }
        if (does(FieldBehaviour.CLOSES_IDLE_CONNECTIONS, flow)) {
            stop(idleTimers.put(flow, loop.schedule(LONGEST_IDLE, () -> close.accept(flow))));
        }
    }

    /**
     * The phone's keep-alive arrived; returns whether to answer it. All WebSocket servers in the
     * field answer a Ping frame.
     */
    boolean pinged(Flow flow) {
        heard(flow, null);
        return flow.transport().isWebSocket() || !does(FieldBehaviour.NO_PONGS, flow);
    }

    private boolean does(FieldBehaviour behaviour, Flow flow) {
        return settings.does(behaviour, extensions.get(flow));
    }

    void closed(Flow flow) {
        extensions.remove(flow);
        stop(pingTimers.remove(flow));
        stop(idleTimers.remove(flow));
    }

    void close() {
        pingTimers.values().forEach(Timer::cancel);
        idleTimers.values().forEach(Timer::cancel);
        extensions.clear();
        pingTimers.clear();
        idleTimers.clear();
    }

    private void pingLater(Flow flow) {
        pingTimers.put(flow, loop.schedule(PING_EVERY, () -> {
            ping.accept(flow);
            pingLater(flow);
        }));
    }

    private static void stop(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
