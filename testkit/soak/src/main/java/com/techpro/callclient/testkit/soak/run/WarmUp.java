// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import com.techpro.callclient.testkit.soak.machine.CallLoad;
import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.script.CallScript;
import com.techpro.callclient.testkit.soak.script.Capabilities;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/**
 * Unjudged calls before those that count. The first include one of each kind, so that loading and
 * caching belong to no counted call. More follow until the JVM's compiler has little left to do. On
 * two slow processors it occupies one for half a minute, and stuttering speech then says nothing
 * about the engine.
 */
final class WarmUp {
    /**
     * The compiler's share of one processor over a whole round; below it, the compiler no longer
     * matters.
     */
    private static final double COMPILER_QUIET = 0.25;

    /** At least, on a machine that carries all requested calls. */
    private static final int PAIRS_AT_ONCE = 25;

    private static final Duration ROUND_LIMIT = Duration.ofSeconds(60);
    /** No round begins later; the compiler's remaining work is part of the run. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    private final SoakClient client;
    private final ProcessProbe probe;
    private final BiFunction<Extension, Extension, SoakPhoneSystem.OnHold> onHold;
    private final Capabilities able;
    private final int pairsAtOnce;
    private final BooleanSupplier stopped;

    /**
     * For one run.
     *
     * @param able the capabilities used of the phone system
     * @param load as many calls warm up, because the compiler is busy again when there are more
     */
    WarmUp(
            SoakClient client,
            ProcessProbe probe,
            BiFunction<Extension, Extension, SoakPhoneSystem.OnHold> onHold,
            Capabilities able,
            CallLoad load,
            BooleanSupplier stopped) {
        this.client = client;
        this.probe = probe;
        this.onHold = onHold;
        this.able = able;
        this.pairsAtOnce = Math.max(load.carried(), (int) Math.floor(PAIRS_AT_ONCE * load.share()));
        this.stopped = stopped;
    }

    /**
     * Warms up.
     *
     * @param free is not modified: the duration of the warm-up must not change who calls whom,
     *     which the seed determines
     * @return the effort
     */
    SoakReport.WarmUp run(Collection<Extension> free) {
        List<Extension> all = new ArrayList<>(free);
        long began = client.loop().nanoTime();
        int calls = round(oneOfEachKind(all));
        // Neighbours share a preferred codec, as in most counted calls; G.711 alone would warm up
        // little.
        all.sort(Comparator.comparing(user -> user.media().codecs().get(0)));
        double elapsed;
        double busy;
        do {
            long start = client.loop().nanoTime();
            Duration before = probe.compiling();
            calls += round(all.subList(0, Math.min(2 * pairsAtOnce, all.size())));
            Collections.rotate(all, 2 * pairsAtOnce + 1);
            long end = client.loop().nanoTime();
            busy = (double) probe.compiling().minus(before).toNanos() / (end - start);
            elapsed = (end - began) / 1e9;
        } while (!stopped.getAsBoolean() && busy > COMPILER_QUIET && elapsed < LIMIT.toSeconds());
        client.waiting().ask(() -> {
            client.calls().forgetMostAtOnce();
            return true;
        });
        return new SoakReport.WarmUp(elapsed, calls, 100 * busy);
    }

    private int round(List<Extension> pairs) {
        if (stopped.getAsBoolean()) {
            return 0;
        }
        client.waiting().ask(() -> {
            for (int i = 0; i + 1 < pairs.size(); i += 2) {
                Extension from = pairs.get(i);
                Extension to = pairs.get(i + 1);
                CallScript script = able.script(CallScript.warmUp());
                client.calls()
                        .start(
                                0,
                                script,
                                from,
                                to,
                                able.onHold(onHold.apply(from, to), script.callerHolds()),
                                (one, other) -> {},
                                over -> {},
                                judged -> {});
            }
            return true;
        });
        client.waiting()
                .until(
                        ROUND_LIMIT,
                        () -> stopped.getAsBoolean() || client.calls().unfinished() == 0);
        return pairs.size() / 2;
    }

    /** Returns two users per codec that two prefer, those who offer DTLS first. */
    static List<Extension> oneOfEachKind(List<Extension> all) {
        List<Extension> waiting = new ArrayList<>(all);
        waiting.sort(
                Comparator.comparing((Extension user) -> !user.media().keying().offers(KeyExchange.DTLS)));
        List<Extension> pairs = new ArrayList<>();
        for (Extension from : waiting) {
            boolean known = pairs.stream().anyMatch(other -> other.media().prefersAs(from.media()));
            waiting.stream()
                    .filter(to -> !known && !to.equals(from) && to.media().prefersAs(from.media()))
                    .findFirst()
                    .ifPresent(to -> pairs.addAll(List.of(from, to)));
        }
        return pairs.isEmpty() ? waiting.subList(0, 2) : pairs;
    }
}
