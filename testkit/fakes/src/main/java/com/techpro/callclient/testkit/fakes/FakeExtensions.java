// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import com.techpro.callclient.engine.presence.LampState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The extensions that a fake account watches: what the phone system reports of each, and who wants to
 * know. Under the context's lock.
 */
final class FakeExtensions {
    private static final Reading UNKNOWN = new Reading(LampState.UNKNOWN, null);

    private final FakeContext context;
    private final FakeCalls calls;
    private final FakeAccountSettings account;
    private final Function<String, @Nullable BusyLampSnapshot> shown = this::watchable;
    private final Map<String, Reading> readings = new HashMap<>();
    private final List<FakeBusyLamp> lamps = new ArrayList<>();
    private final List<FakeCallCompletion> completions = new ArrayList<>();

    /** @param caller who calls the extension while it rings, or null */
    record Reading(LampState state, @Nullable PartyIdentity caller) {}

    FakeExtensions(FakeContext context, FakeCalls calls, FakeAccountSettings account) {
        this.context = context;
        this.calls = calls;
        this.account = account;
        calls.people().favorites().accountAdded(account.id(), shown);
    }

    private @Nullable BusyLampSnapshot watchable(String number) {
        return account.isAddress(number) ? shown(number) : null;
    }

    /** Returns what a lamp of this extension shows now. */
    BusyLampSnapshot shown(String extension) {
        Reading reading = reading(extension);
        PartyIdentity caller = reading.caller();
        return new BusyLampSnapshot(
                extension,
                reading.state(),
                caller,
                caller == null ? null : calls.people().directory().resolve(caller),
                caller != null && reading.state() == LampState.RINGING);
    }

    Reading reading(String extension) {
        return readings.getOrDefault(key(extension), UNKNOWN);
    }

    private String key(String extension) {
        PartyIdentity party = account.party(extension);
        return party.user() + "@" + party.domain();
    }

    String accountId() {
        return account.id();
    }

    /** Whether the account has no call. */
    boolean isFree() {
        return calls.open(account).isEmpty();
    }

    FakeCall dial(String extension, CallOptions options) {
        return dial(account.party(extension), options);
    }

    FakeCall dial(PartyIdentity party, CallOptions options) {
        return calls.dial(account, party, options, this::followCompletions);
    }

    FakeBusyLamp watch(String extension) {
        FakeBusyLamp lamp = new FakeBusyLamp(context, this, extension);
        lamps.add(lamp);
        return lamp;
    }

    void remove(FakeBusyLamp lamp) {
        lamps.remove(lamp);
    }

    FakeCallCompletion callWhenFree(String extension, CallOptions options) {
        FakeCallCompletion completion = new FakeCallCompletion(context, this, extension, options);
        completions.add(completion);
        completion.follow();
        return completion;
    }

    void remove(FakeCallCompletion completion) {
        completions.remove(completion);
    }

    /** The phone system reports an extension. */
    void report(String extension, Reading reading) {
        readings.put(key(extension), reading);
        List.copyOf(lamps).forEach(FakeBusyLamp::follow);
        calls.people().favorites().followLamps(shown);
        followCompletions();
    }

    /** The account may have room for another call now. */
    void followCompletions() {
        List.copyOf(completions).forEach(FakeCallCompletion::follow);
    }

    /** The account is gone. */
    void end() {
        calls.people().favorites().accountRemoved(account.id());
        List.copyOf(lamps).forEach(FakeBusyLamp::closeNow);
        List.copyOf(completions).forEach(FakeCallCompletion::cancelNow);
    }
}
