// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.testkit.contracts.PacketTrace;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxBuilder;
import com.techpro.callclient.testkit.pbx.live.LiveCall;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A PBX, phones and their network, in virtual time. {@link #run} makes a plan's events happen, ends all faults, and waits
 * until everything has settled. It throws an {@link Invariant.Violation} as soon as something does not hold.
 */
final class SwarmWorld implements AutoCloseable {
    static final String PBX = "10.0.0.1";
    static final String PBX_NAME = "sip.swarm.test";
    /** Marks that are nowhere in clear. */
    static final String PASSWORD = "Canary-Password-";

    static final String TEXT = "Canary-Text-";

    /** From the end of all faults until each phone is registered: more than the longest pause between two attempts. */
    static final Duration REGISTRATION_BOUND = Duration.ofMinutes(7);
    /** From the end of all faults until PBX and phones agree about calls, and everybody is heard. */
    static final Duration AGREEMENT_BOUND = Duration.ofSeconds(35);

    /** The same after a loss of contact, such as a crash: the PBX's session timer, and a transaction. */
    static final Duration SESSION_BOUND = Duration.ofSeconds(150);

    static final Duration SOUND_BOUND = Duration.ofSeconds(2);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int MOST_REGISTERS_A_MINUTE = 60;

    final SwarmPlan plan;
    final VirtualTime time;
    final SimulatedNetwork network;
    final EmbeddedPbx pbx;
    final List<SwarmPhone> phones = new ArrayList<>();
    private final List<SwarmUser> users = new ArrayList<>();
    /** Whether phones ask DNS for the PBX. */
    final boolean byName;

    private final SwarmFaults faults;
    private final Hearing hearing = new Hearing();
    private final CRC32 traceSum = new CRC32();
    private final Map<SwarmAction, Integer> done = new EnumMap<>(SwarmAction.class);
    private Duration nextTick = TICK;
    private long registersBefore;
    private Duration minuteBegan = Duration.ZERO;

    SwarmWorld(SwarmPlan plan) {
        this.plan = plan;
        time = VirtualTime.seeded(plan.seed());
        network = new SimulatedNetwork(time, plan.seed());
        String[] extensions = IntStream.range(0, plan.phones())
                .mapToObj(i -> String.valueOf(1001 + i))
                .toArray(String[]::new);
        PbxBuilder builder = EmbeddedPbx.builder()
                .address(PBX)
                .behaving(behaviours(time.random("field")))
                .random(time.random("pbx"));
        for (String extension : extensions) {
            builder.extension(extension, PASSWORD + extension);
        }
        if (plan.dtls()) {
            builder.dtls(extensions);
        }
        pbx = builder.start(network.host(PBX), time);
        byName = time.random("name").nextBoolean();
        network.dns().address(PBX_NAME, PBX);
        for (int i = 0; i < plan.phones(); i++) {
            SimulatedHost host = plan.nat()
                    ? network.hostBehind(network.nat("198.51.100." + (i + 1)), "192.168.0." + (i + 1))
                    : network.host("10.0.1." + (i + 1));
            String extension = extensions[i];
            SwarmPhone phone = new SwarmPhone(
                    i, extension, () -> account(extension), plan.login(), host, time, Hearing.hertz(i), this::printed);
            phones.add(phone);
            users.add(new SwarmUser(phone, List.of(extensions)));
        }
        faults = new SwarmFaults(this);
    }

    /** How this PBX differs from the RFCs' examples. Session timers tell it of calls whose phone has died. */
    private static FieldBehaviour[] behaviours(Random random) {
        return Stream.of(FieldBehaviour.values())
                .filter(behaviour -> behaviour == FieldBehaviour.SHORT_SESSION_TIMERS || random.nextInt(8) == 0)
                .toArray(FieldBehaviour[]::new);
    }

    private SipAccount account(String extension) {
        SipAccount.Builder account = pbx.account(extension, plan.transport())
                .codecs(new LinkedHashSet<>(List.of(plan.codec(), "pcma", "pcmu")))
                .codecPreference(List.of(plan.codec()))
                .ice(IceSettings.DEFAULT.withUse(plan.ice() ? IceSettings.Use.OFFERED : IceSettings.Use.WHEN_OFFERED));
        if (byName) {
            int port = pbx.address(plan.transport()).port();
            account.outboundProxies(List.of(new HostPort(PBX_NAME, port)));
        }
        return (plan.dtls() ? account.keyingPolicy(KeyingPolicy.DTLS_ONLY) : account).build();
    }

    /** Runs the plan. */
    void run() {
        phones.forEach(SwarmPhone::start);
        for (SwarmEvent event : plan.events()) {
            advanceTo(event.at());
            boolean happened = event.action().isFault()
                    ? faults.begin(event)
                    : users.get(event.phone()).act(event.action(), event.draw());
            if (happened) {
                done.merge(event.action(), 1, Integer::sum);
            }
        }
        advanceTo(plan.length());
        heal();
        end();
    }

    /** Returns how often each action had an effect. */
    Map<SwarmAction, Integer> done() {
        return done;
    }

    /** Returns a sum over all packets so far; the same plan gives the same. */
    long traceSum() {
        readTrace();
        return traceSum.getValue();
    }

    private void heal() {
        boolean impairedOnly = done.keySet().stream().allMatch(a -> !a.isFault() || a.isImpairment());
        faults.endAll();
        for (int i = 0; i < phones.size(); i++) {
            users.get(i).act(SwarmAction.START, 0);
        }
        Duration healed = time.elapsed();
        if (impairedOnly) {
            advanceTo(healed.plus(SOUND_BOUND));
            checkSound();
        }
        advanceTo(healed.plus(AGREEMENT_BOUND));
        for (int i = 0; i < phones.size(); i++) {
            users.get(i).act(SwarmAction.LOG_IN, 0);
        }
        while (!phones.stream().allMatch(SwarmPhone::isRegistered)) {
            if (time.elapsed().minus(healed).compareTo(REGISTRATION_BOUND) > 0) {
                throw phones.stream()
                        .filter(phone -> !phone.isRegistered())
                        .findFirst()
                        .orElseThrow()
                        .violation(Invariant.REGISTRATIONS_RETURN, "is not registered");
            }
            advanceTo(time.elapsed().plus(TICK));
        }
        boolean lostContact = done.keySet().stream().anyMatch(SwarmAction::losesContact);
        Duration agreed = time.elapsed().plus(lostContact ? SESSION_BOUND : AGREEMENT_BOUND);
        while (disagreement() != null && time.elapsed().compareTo(agreed) < 0) {
            advanceTo(time.elapsed().plus(TICK));
        }
        checkAgreement();
        checkSound();
    }

    /** Everybody hangs up and goes. */
    void end() {
        // Again, as the end of a call can begin one: a call when free, a transfer.
        for (int second = 0; second < AGREEMENT_BOUND.toSeconds(); second++) {
            phones.forEach(phone -> phone.calls().forEach(Call::hangUp));
            advanceTo(time.elapsed().plus(TICK));
        }
        advanceTo(time.elapsed().plus(AGREEMENT_BOUND));
        checkAgreement();
        if (pbx.state().activeCalls() != 0 || pbx.state().mediaPorts() != 0) {
            throw violation(
                    Invariant.PBX_AGREES,
                    "the PBX has " + pbx.state().activeCalls() + " calls and "
                            + pbx.state().mediaPorts() + " media ports after all hung up: " + pbx.liveCalls());
        }
        phones.forEach(SwarmPhone::shutDown);
        if (pbx.failures() > 0) {
            pbx.throwIfFailed();
        }
        pbx.close();
        time.advance(Duration.ofSeconds(40));
        if (network.openLinks() != 0 || time.pendingTimers() != 0) {
            throw violation(
                    Invariant.NOTHING_LEAKS,
                    network.openLinks() + " links and " + time.pendingTimers() + " timers are left");
        }
        readTrace();
    }

    /** Lets time pass, and checks what holds always once a second. */
    void advanceTo(Duration at) {
        while (time.elapsed().compareTo(at) < 0) {
            Duration next = nextTick.compareTo(at) < 0 ? nextTick : at;
            Duration step = next.minus(time.elapsed());
            if (step.isNegative() || !time.holdsWithin(this::isSomebodyDying, step)) {
                if (!next.equals(nextTick)) {
                    continue;
                }
                nextTick = time.elapsed().plus(TICK);
                faults.endDue();
                check();
            }
            phones.stream().filter(phone -> phone.store().isDead()).forEach(SwarmPhone::die);
        }
    }

    private boolean isSomebodyDying() {
        for (SwarmPhone phone : phones) {
            if (phone.client() != null && phone.store().isDead()) {
                return true;
            }
        }
        return false;
    }

    private void check() {
        List<LiveCall> live = pbx.liveCalls();
        Duration now = time.elapsed();
        hearing.connected(
                live,
                phones.stream()
                        .filter(SwarmPhone::merges)
                        .map(SwarmPhone::extension)
                        .collect(Collectors.toSet()),
                now);
        phones.forEach(SwarmPhone::check);
        for (SwarmPhone listener : phones) {
            List<Integer> heard = Hearing.tones(listener.audio.heard(), listener.audio.heardRate(), phones.size());
            listener.audio.forgetHeard();
            for (SwarmPhone speaker : phones) {
                if (!speaker.equals(listener)) {
                    hearing.check(listener, speaker, heard.contains(speaker.number), now);
                }
            }
            listener.hears(heard);
        }
        readTrace();
        if (now.minus(minuteBegan).compareTo(Duration.ofMinutes(1)) >= 0) {
            checkRegisters(pbx.state().requests("REGISTER"));
            minuteBegan = now;
        }
    }

    /** @param registers since the beginning, a minute after the last check */
    void checkRegisters(long registers) {
        if (registers - registersBefore > (long) MOST_REGISTERS_A_MINUTE * phones.size()) {
            throw violation(Invariant.NO_REGISTER_STORM, registers - registersBefore + " in a minute");
        }
        registersBefore = registers;
    }

    void checkAgreement() {
        Invariant.Violation found = disagreement();
        if (found != null) {
            throw found;
        }
    }

    private Invariant.@Nullable Violation disagreement() {
        List<LiveCall> live = pbx.liveCalls();
        for (SwarmPhone phone : phones) {
            long there = live.stream()
                    .flatMap(call -> call.legs().stream())
                    .filter(side -> side.extension().equals(phone.extension()))
                    .count();
            if (there != phone.calls().size()) {
                return phone.violation(
                        Invariant.PBX_AGREES,
                        "has " + phone.calls().stream().map(Call::snapshot).toList() + ", the PBX knows " + there
                                + " of " + live.size());
            }
        }
        return null;
    }

    /** Both ends of a call between two phones, each with one call that is neither held nor muted, hear each other. */
    void checkSound() {
        for (LiveCall call : pbx.liveCalls()) {
            List<SwarmPhone> ends = call.legs().stream()
                    .flatMap(side -> phones.stream().filter(p -> p.extension().equals(side.extension())))
                    .toList();
            if (ends.size() == 2 && ends.stream().allMatch(SwarmPhone::talksSince)) {
                for (int i = 0; i < 2; i++) {
                    if (!ends.get(i).heard().contains(ends.get(1 - i).number)) {
                        throw ends.get(i)
                                .violation(Invariant.SOUND_RETURNS, "does not hear phone " + ends.get(1 - i).number);
                    }
                }
            }
        }
    }

    private void readTrace() {
        for (PacketTrace.Packet packet : network.trace().packets()) {
            byte[] payload = packet.payload();
            traceSum.update((packet.at() + " " + packet.kind() + packet.fate() + packet.from() + packet.to())
                    .getBytes(StandardCharsets.UTF_8));
            if (!plan.transport().isEncrypted() && !plan.dtls()) {
                traceSum.update(payload);
            }
            String text = new String(payload, StandardCharsets.ISO_8859_1);
            if (text.contains(PASSWORD) || (plan.transport().isEncrypted() && text.contains(TEXT))) {
                throw violation(Invariant.NO_SECRET_SHOWN, "in a packet, " + packet);
            }
        }
        network.trace().clear();
    }

    void printed(String text) {
        if (text.contains(PASSWORD) || text.contains(TEXT)) {
            throw violation(Invariant.NO_SECRET_SHOWN, "in a printed text");
        }
    }

    Invariant.Violation violation(Invariant invariant, String seen) {
        return new Invariant.Violation(invariant, time.elapsed(), seen);
    }

    /** Returns how many calls were answered at the PBX. */
    long answered() {
        return pbx.state().connectedCalls();
    }

    @Override
    public void close() {
        for (SwarmPhone phone : phones) {
            var app = phone.client();
            if (app != null) {
                app.close();
            }
        }
        network.close();
        time.close();
    }
}
