// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.techpro.callclient.engine.call.CallForwarding;
import com.techpro.callclient.engine.call.CallForwardingSnapshot;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.internal.call.context.ForwardingSettings;
import com.techpro.callclient.engine.internal.store.StoredDocument;
import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.internal.store.UserSetting;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.internal.store.VersionedJson;
import com.techpro.callclient.engine.presence.DoNotDisturb;
import com.techpro.callclient.engine.presence.DoNotDisturbSnapshot;
import com.techpro.callclient.ports.phonesystem.Policy;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The user's do-not-disturb and call forwarding. Belongs to the loop, except for the host's
 * handles.
 */
final class IncomingCallSettings implements ForwardingSettings {
    private static final int VERSION = 1;

    private final ClientContext client;
    private final UserSetting<Boolean> doNotDisturb;
    private final UserSetting<ForwardingRules> forwarding;

    IncomingCallSettings(
            ClientContext client, Executor worker, @Nullable UserStore store, Predicate<Policy.Feature> allowed) {
        this.client = client;
        this.doNotDisturb = new UserSetting<>(
                client.loop(),
                worker,
                store,
                StoredName.DO_NOT_DISTURB,
                new SwitchForm(),
                false,
                allowed.test(Policy.Feature.DO_NOT_DISTURB),
                now -> client.listeners().tell(listener -> listener.doNotDisturbChanged(doNotDisturb(now))));
        this.forwarding = new UserSetting<>(
                client.loop(),
                worker,
                store,
                StoredName.CALL_FORWARDING,
                new RulesForm(),
                ForwardingRules.NONE,
                allowed.test(Policy.Feature.CALL_FORWARDING),
                now -> client.listeners().tell(listener -> listener.callForwardingChanged(forwarding(now))));
    }

    void start() {
        doNotDisturb.start();
        forwarding.start();
    }

    void allow(Predicate<Policy.Feature> allowed) {
        doNotDisturb.allow(allowed.test(Policy.Feature.DO_NOT_DISTURB));
        forwarding.allow(allowed.test(Policy.Feature.CALL_FORWARDING));
    }

    void whenDoNotDisturbChanged(Runnable follower) {
        doNotDisturb.whenChanged(follower);
    }

    boolean isUndisturbed() {
        return doNotDisturb.value();
    }

    @Override
    public ForwardingRules rules() {
        return forwarding.value();
    }

    @Override
    public boolean isPermitted() {
        return forwarding.isAllowed();
    }

    /** From any thread. */
    DoNotDisturbSnapshot doNotDisturbNow() {
        return doNotDisturb(doNotDisturb.now());
    }

    /** From any thread. */
    CallForwardingSnapshot forwardingNow() {
        return forwarding(forwarding.now());
    }

    void retry() {
        doNotDisturb.retry();
        forwarding.retry();
    }

    void whenQuiet(Runnable task) {
        doNotDisturb.whenQuiet(() -> forwarding.whenQuiet(task));
    }

    /** Forgets the settings after the store was erased. */
    void forget() {
        doNotDisturb.forget();
        forwarding.forget();
    }

    private static DoNotDisturbSnapshot doNotDisturb(UserSetting.Now<Boolean> now) {
        return new DoNotDisturbSnapshot(now.value(), now.storage());
    }

    private static CallForwardingSnapshot forwarding(UserSetting.Now<ForwardingRules> now) {
        return new CallForwardingSnapshot(now.value(), now.storage());
    }

    private <T> CompletionStage<CommandOutcome> set(UserSetting<T> setting, T value) {
        return client.command(answer -> {
            CommandRefusal refusal = setting.set(value) ? null : CommandRefusal.NOT_PERMITTED;
            setting.whenStored(() -> answer.accept(refusal));
        });
    }

    /** Returns the host's handle. From any thread. */
    DoNotDisturb doNotDisturb(Gate gate) {
        return new DoNotDisturb() {
            @Override
            public DoNotDisturbSnapshot snapshot() {
                gate.requireUnlocked();
                return doNotDisturbNow();
            }

            @Override
            public CompletionStage<CommandOutcome> set(boolean on) {
                gate.requireUsable();
                return IncomingCallSettings.this.set(doNotDisturb, on);
            }
        };
    }

    /** Returns the host's handle. From any thread. */
    CallForwarding forwarding(Gate gate) {
        return new CallForwarding() {
            @Override
            public CallForwardingSnapshot snapshot() {
                gate.requireUnlocked();
                return forwardingNow();
            }

            @Override
            public CompletionStage<CommandOutcome> set(ForwardingRules rules) {
                gate.requireUsable();
                return IncomingCallSettings.this.set(forwarding, Objects.requireNonNull(rules, "rules"));
            }
        };
    }

    /** Stored as {@code {"version":1,"on":true}}. */
    private static final class SwitchForm implements StoredDocument.Form<Boolean> {
        @Override
        public byte[] encode(Boolean on) {
            return VersionedJson.encode(VERSION, document -> document.addProperty("on", on));
        }

        @Override
        public Boolean decode(byte[] stored) throws UnreadableException {
            return VersionedJson.decode(
                    stored, VERSION, document -> document.get("on").getAsBoolean());
        }
    }

    /**
     * Stored as {@code
     * {"version":1,"always":"1003","busy":null,"unanswered":null,"answerMillis":20000}}.
     */
    private static final class RulesForm implements StoredDocument.Form<ForwardingRules> {
        @Override
        public byte[] encode(ForwardingRules rules) {
            return VersionedJson.encode(VERSION, document -> {
                document.addProperty("always", rules.always());
                document.addProperty("busy", rules.busy());
                document.addProperty("unanswered", rules.unanswered());
                document.addProperty("answerMillis", rules.answerTime().toMillis());
            });
        }

        @Override
        public ForwardingRules decode(byte[] stored) throws UnreadableException {
            return VersionedJson.decode(
                    stored,
                    VERSION,
                    document -> new ForwardingRules(
                            number(document, "always"),
                            number(document, "busy"),
                            number(document, "unanswered"),
                            Duration.ofMillis(document.get("answerMillis").getAsLong())));
        }

        private static @Nullable String number(JsonObject document, String name) {
            JsonElement number = document.get(name);
            return number == null || number.isJsonNull() ? null : number.getAsString();
        }
    }
}
