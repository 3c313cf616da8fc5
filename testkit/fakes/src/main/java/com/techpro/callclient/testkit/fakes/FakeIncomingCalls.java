// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.IncomingCalls;
import com.techpro.callclient.engine.call.CallForwarding;
import com.techpro.callclient.engine.call.CallForwardingSnapshot;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.presence.DoNotDisturb;
import com.techpro.callclient.engine.presence.DoNotDisturbSnapshot;
import com.techpro.callclient.engine.privacy.StorageStatus;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * Do-not-disturb and call forwarding in memory. {@link FakeAccount#incomingCall(String)} applies them
 * as the engine does. All methods may be called from any thread.
 */
public final class FakeIncomingCalls implements IncomingCalls {
    private static final StorageStatus STORED = StorageStatus.of(StorageStatus.State.STORED);

    private final FakeContext context;
    private volatile boolean undisturbed;
    private volatile ForwardingRules rules = ForwardingRules.NONE;

    FakeIncomingCalls(FakeContext context) {
        this.context = context;
    }

    boolean isUndisturbed() {
        return undisturbed;
    }

    ForwardingRules rules() {
        return rules;
    }

    DoNotDisturbSnapshot doNotDisturbNow() {
        return new DoNotDisturbSnapshot(undisturbed, STORED);
    }

    CallForwardingSnapshot forwardingNow() {
        return new CallForwardingSnapshot(rules, STORED);
    }

    /** Forgets the settings after a logout. Under the context's lock. */
    void forget() {
        setUndisturbed(false);
        setRules(ForwardingRules.NONE);
    }

    private void setUndisturbed(boolean on) {
        if (undisturbed != on) {
            undisturbed = on;
            DoNotDisturbSnapshot now = doNotDisturbNow();
            context.listeners().tell(listener -> listener.doNotDisturbChanged(now));
        }
    }

    private void setRules(ForwardingRules after) {
        if (!rules.equals(after)) {
            rules = after;
            CallForwardingSnapshot now = forwardingNow();
            context.listeners().tell(listener -> listener.callForwardingChanged(now));
        }
    }

    @Override
    public DoNotDisturb doNotDisturb() {
        return new DoNotDisturb() {
            @Override
            public DoNotDisturbSnapshot snapshot() {
                context.requireUnlocked();
                return doNotDisturbNow();
            }

            @Override
            public CompletionStage<CommandOutcome> set(boolean on) {
                context.requireUsable();
                return context.get(() -> {
                    context.record("doNotDisturb", "set", on);
                    setUndisturbed(on);
                    return context.answered(new CommandOutcome.Done());
                });
            }
        };
    }

    @Override
    public CallForwarding forwarding() {
        return new CallForwarding() {
            @Override
            public CallForwardingSnapshot snapshot() {
                context.requireUnlocked();
                return forwardingNow();
            }

            @Override
            public CompletionStage<CommandOutcome> set(ForwardingRules chosen) {
                Objects.requireNonNull(chosen, "rules");
                context.requireUsable();
                return context.get(() -> {
                    context.record("forwarding", "set", chosen);
                    setRules(chosen);
                    return context.answered(new CommandOutcome.Done());
                });
            }
        };
    }
}
