// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.AudioRoutes;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.call.CallCommands;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.context.AudioGate;
import com.techpro.callclient.engine.internal.callui.CallScreen;
import com.techpro.callclient.engine.internal.diagnostics.Diagnostics;
import com.techpro.callclient.engine.internal.notification.UserNotifications;
import com.techpro.callclient.engine.internal.push.PushWakeups;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.callui.CallUiPort;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.notification.NotificationPort;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.permission.PermissionPort;
import com.techpro.callclient.ports.push.PushPort;
import com.techpro.callclient.ports.push.PushToken;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects the engine to the host's platform: call screen, notifications, network and push. Belongs
 * to the loop, except where stated.
 */
final class PlatformPorts {
    private final EngineLoop loop;
    private final @Nullable PermissionPort permissions;
    private final @Nullable NetworkMonitor monitor;
    private final @Nullable PushPort push;
    private final Supplier<Collection<AccountSession>> accountSessions;
    private final Diagnostics diagnostics;
    private final boolean autoAnswer;
    private final BooleanSupplier mayAnswer;
    private final AudioGate audioGate;
    private final @Nullable CallScreen screen;
    private volatile AudioRoutes routes = AudioRoutes.UNKNOWN;
    private final @Nullable UserNotifications notifications;
    private final boolean systemRings;
    private final PushWakeups wakes;
    private NetworkMonitor.Status network = NetworkMonitor.Status.OFFLINE;
    private NetworkMonitor.@Nullable Watch watch;

    /** @param notifications null if the host has none */
    PlatformPorts(
            ClientContext client,
            @Nullable UserNotifications notifications,
            Gate gate,
            CallRegistry registry,
            Diagnostics diagnostics) {
        CallClientConfig config = client.config();
        this.loop = client.loop();
        this.permissions = client.permissions();
        this.monitor = config.networkMonitor();
        this.push = config.push();
        this.accountSessions = registry::accountSessions;
        this.diagnostics = diagnostics;
        this.autoAnswer = config.autoAnswer();
        this.mayAnswer = gate::permitsAnswering;
        CallUiPort callUi = config.callUi();
        this.systemRings = systemRings(callUi, config.notifications());
        this.audioGate = new AudioGate(
                loop, () -> permissions == null || permissions.granted(Permission.MICROPHONE), callUi == null);
        this.wakes = new PushWakeups(loop, client.answers(), accountSessions);
        this.notifications = notifications;
        if (callUi == null) {
            this.screen = null;
        } else {
            this.screen = new CallScreen(
                    loop,
                    client.callbacks(),
                    callUi,
                    audioGate,
                    gate::permitsAnswering,
                    gate::shown,
                    session -> {
                        CallHandle call = registry.call(session);
                        if (call != null) {
                            client.listeners().tell(listener -> listener.unlockNeeded(call));
                        }
                    },
                    (current, available) -> {
                        AudioRoutes told = new AudioRoutes(current, available);
                        routes = told;
                        client.listeners().tell(listener -> listener.audioRoutesChanged(told));
                    });
        }
    }

    private static boolean systemRings(@Nullable CallUiPort callUi, @Nullable NotificationPort notifications) {
        try {
            return (callUi != null && callUi.rings()) || (notifications != null && notifications.rings());
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
            return false;
        }
    }

    /**
     * Starts listening to the platform; called once, when the engine is complete. From any thread.
     */
    void start() {
        loop.execute(() -> {
            if (notifications != null) {
                notifications.begin();
            }
            if (monitor != null) {
                guarded(() -> {
                    network = monitor.current();
                    watch = monitor.watch(status -> loop.execute(() -> networkChanged(status)));
                });
            }
            if (push != null) {
                guarded(() -> push.watch(
                        token -> loop.execute(() -> accountSessions.get().forEach(AccountSession::refresh))));
            }
        });
    }

    /**
     * Whether the system rings for incoming calls, so that the engine need not. From any thread.
     */
    boolean systemRings() {
        return systemRings;
    }

    AudioGate audioGate() {
        return audioGate;
    }

    /**
     * Sets the supplier of the end tone's length. It must be up to date before the call screen is
     * notified of a call's end.
     */
    void endToneBy(Supplier<Duration> tone) {
        if (screen != null) {
            screen.endToneBy(tone);
        }
    }

    /** Empty if the host has no call screen. */
    Optional<CallScreen> screen() {
        return Optional.ofNullable(screen);
    }

    /** Empty if the host has none. */
    Optional<UserNotifications> notifications() {
        return Optional.ofNullable(notifications);
    }

    /** From any thread. */
    PushWakeups wakes() {
        return wakes;
    }

    /**
     * Returns how the phone system may wake this app now; null without the user's permission
     * (promises P5, R2).
     */
    @Nullable
    PushToken pushToken() {
        try {
            return push != null && permitted(Permission.BACKGROUND_REFRESH) ? push.token() : null;
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
            return null;
        }
    }

    /** Answers automatically, as an intercom, unless the user has another call. */
    void answerByItself(CallSession call) {
        Duration after = autoAnswer ? call.snapshot().answerAfter() : null;
        if (after != null) {
            loop.schedule(after, () -> {
                int calls = accountSessions.get().stream()
                        .mapToInt(AccountSession::openCalls)
                        .sum();
                if (calls == 1 && mayAnswer.getAsBoolean() && call.snapshot().state() == CallState.INCOMING) {
                    call.commands().answer(CallOptions.DEFAULT, CallCommands.NO_ANSWER);
                }
            });
        }
    }

    /** From any thread. */
    AudioRoutes routes() {
        return routes;
    }

    /** From any thread. */
    void route(AudioRoute wanted) {
        if (screen != null) {
            screen.route(wanted);
        }
    }

    void close() {
        if (watch != null) {
            guarded(watch::close);
            watch = null;
        }
        if (push != null) {
            guarded(() -> push.watch(null));
        }
        if (screen != null) {
            screen.close();
        }
        wakes.close();
    }

    private void networkChanged(NetworkMonitor.Status now) {
        boolean elsewhere = now.connected() && !now.equals(network);
        network = now;
        diagnostics.networkChanged(now.connected(), elsewhere);
        if (elsewhere) {
            accountSessions.get().forEach(AccountSession::networkChanged);
        } else if (!now.connected()) {
            accountSessions.get().forEach(AccountSession::networkLost);
        }
    }

    /**
     * Treats waking from sleep as a change of network, because the earlier network state may be
     * outdated.
     */
    void awoke() {
        Loggers.NETWORK.info("the machine slept, or its clock was set: accounts register again");
        accountSessions.get().forEach(AccountSession::networkChanged);
    }

    private boolean permitted(Permission permission) {
        return permissions != null && permissions.granted(permission);
    }

    /** Runs a call to the platform; if it throws, the rest continues. */
    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
        }
    }
}
