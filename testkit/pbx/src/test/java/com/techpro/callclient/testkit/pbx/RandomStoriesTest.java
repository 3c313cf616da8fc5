// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.ports.trace.SipTraceMessage;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.pbx.PbxScene.Phone;
import com.techpro.callclient.testkit.pbx.Story.Step;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls, transfers, lamps, texts and presence of four users in any order, while connections are lost: whatever happens, everything comes to its end.
 * What fails is told as the shortest story that does.
 */
class RandomStoriesTest {
    private static final int LENGTH = 60;
    private static final int MOST_ATTEMPTS = 80;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void every_story_comes_to_its_end(long own) {
        long seed = Seeds.of(own);
        Random random = Seeds.random(own);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < LENGTH; i++) {
            steps.add(Step.any(random));
        }
        Throwable failure = failureOf(seed, steps);
        if (failure != null) {
            List<Step> shortest = shortest(seed, steps);
            Throwable why = failureOf(seed, shortest);
            throw new AssertionError("seed " + seed + ": " + shortest, why == null ? failure : why);
        }
    }

    /** Leaves out what it fails without: halves first, single steps in the end. */
    private static List<Step> shortest(long seed, List<Step> failing) {
        List<Step> left = failing;
        int attempts = 0;
        for (int size = left.size() / 2; size > 0; size = size > 1 && size / 2 == 0 ? 1 : size / 2) {
            for (int from = 0; from < left.size() && attempts < MOST_ATTEMPTS; ) {
                List<Step> without = new ArrayList<>(left.subList(0, from));
                without.addAll(left.subList(Math.min(left.size(), from + size), left.size()));
                attempts++;
                if (failureOf(seed, without) != null) {
                    left = without;
                } else {
                    from += size;
                }
            }
        }
        return left;
    }

    private static Throwable failureOf(long seed, List<Step> steps) {
        try (Story story = new Story(seed)) {
            steps.forEach(story::perform);
            story.end();
            assertNothingIsOwed(story);
            story.leave();
            assertNothingIsLeft(story);
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    private static void assertNothingIsOwed(Story story) {
        assertThat(story.open()).as("promises without an outcome").isEmpty();
        assertThat(story.promises()).allSatisfy(promise -> assertThat(promise).isCompletedWithValueMatching(v -> true));
        List<Phone> phones = story.phones();
        for (int i = 0; i < phones.size(); i++) {
            Phone phone = phones.get(i);
            assertThat(phone.client.calls()).as("calls of %s", phone.extension).isEmpty();
            ClientCounters counters = phone.counters();
            assertThat(counters.calls()).isZero();
            assertThat(counters.mediaSessions())
                    .as("media of %s", phone.extension)
                    .isZero();
            assertThat(counters.transactions())
                    .as("transactions of %s", phone.extension)
                    .isZero();
            assertThat(phone.audio.openStreams())
                    .as("devices of %s", phone.extension)
                    .isZero();
            assertThat(counters.drops())
                    .as("nobody beside the phone system was to be reached")
                    .doesNotContainKeys("egress-name", "egress-address", "egress");
            assertEndedOnce(phone);
            assertAnsweredOnce(story.trace(i));
            assertAcknowledged(story.trace(i), story.isLossy());
        }
        if (!story.isLossy()) {
            story.scene.assertQuiet();
        }
    }

    /** Each call that was told of is over, once, and is in the history. */
    private static void assertEndedOnce(Phone phone) {
        Set<String> known = new TreeSet<>();
        List<String> ended = new ArrayList<>();
        Map<CallDirection, List<Instant>> entries = new HashMap<>();
        for (HistoryEntry entry : phone.client.people().history().snapshot().entries()) {
            if (entry instanceof HistoryEntry.CallRecord record) {
                entries.computeIfAbsent(record.direction(), d -> new ArrayList<>())
                        .add(record.start());
            }
        }
        for (CallEvent event : phone.events) {
            known.add(event.after().id());
            if (event instanceof CallEvent.Ended) {
                CallSnapshot call = event.after();
                ended.add(call.id());
                List<Instant> starts = entries.getOrDefault(call.direction(), new ArrayList<>());
                assertThat(starts.remove(call.started().truncatedTo(ChronoUnit.MILLIS)))
                        .as("%s of %s is in the history", call.id(), phone.extension)
                        .isTrue();
            }
        }
        assertThat(ended).as("calls of %s that are over", phone.extension).containsExactlyInAnyOrderElementsOf(known);
    }

    /** At most one final response to each INVITE, however often it was repeated (RFC 3261 §17.2.1). */
    private static void assertAnsweredOnce(List<SipTraceMessage> trace) {
        Map<String, Set<String>> finals = new HashMap<>();
        for (SipTraceMessage message : trace) {
            boolean answer = message.direction() == SipTraceMessage.Direction.SENT
                    && message.summary().endsWith(" INVITE")
                    && message.summary().charAt(0) >= '2';
            if (answer) {
                String key = header(message, "Call-ID") + " " + header(message, "CSeq") + " " + header(message, "Via");
                finals.computeIfAbsent(key, k -> new HashSet<>()).add(message.summary());
            }
        }
        assertThat(finals).allSatisfy((invite, answers) -> assertThat(answers).hasSize(1));
    }

    /**
     * Each final response to an INVITE of ours has its ACK (§13.2.2.4, §17.1.1.3); of those that come when nobody waits for them any more, as
     * after a while without a network, only the 2xx.
     */
    private static void assertAcknowledged(List<SipTraceMessage> trace, boolean late) {
        Set<String> owed = new TreeSet<>();
        Set<String> given = new HashSet<>();
        for (SipTraceMessage message : trace) {
            String dialog =
                    header(message, "Call-ID") + " " + header(message, "CSeq").split(" ")[0];
            if (message.direction() == SipTraceMessage.Direction.RECEIVED
                    && message.summary().endsWith(" INVITE")
                    && message.summary().charAt(0) >= '2'
                    && (!late || message.summary().charAt(0) == '2')) {
                owed.add(dialog);
            } else if (message.direction() == SipTraceMessage.Direction.SENT
                    && message.summary().equals("ACK")) {
                given.add(dialog);
            }
        }
        owed.removeAll(given);
        assertThat(owed).as("final responses without an ACK").isEmpty();
    }

    private static String header(SipTraceMessage message, String name) {
        for (String line : message.text().split("\n", -1)) {
            if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                return line.substring(name.length() + 1).trim();
            }
        }
        return "";
    }

    private static void assertNothingIsLeft(Story story) {
        for (Phone phone : story.phones()) {
            ClientCounters counters = phone.counters();
            assertThat(counters.accounts())
                    .as("accounts of %s", phone.extension)
                    .isZero();
            assertThat(counters.dialogs()).as("dialogs of %s", phone.extension).isZero();
            assertThat(counters.transactions())
                    .as("transactions of %s", phone.extension)
                    .isZero();
            assertThat(counters.timers()).as("timers of %s", phone.extension).isZero();
            assertThat(counters.flows()).as("flows of %s", phone.extension).isZero();
        }
    }
}
