// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.engine.internal.call.machine.CallModel.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a {@link CallModel} as Promela, spin's language: two ends, and between them a channel that reorders messages
 * and loses some for ever. A transaction repeats what is lost now and then, and absorbs duplicates (RFC 3261 §17). So a
 * message arrives once, at any time, or its sender's timer fires. A PATIENT network delivers INVITEs, their answers and
 * ACKs before a wait after glare is over.
 */
final class Promela {
    /** What holds when nothing more can happen; spin prints the index of one that does not. */
    static final List<String> PROPERTIES = List.of("end", "exit", "hold", "session", "contact", "row");

    /** What each end does: {@code I} is this end, {@code J} the other one, and braces hold an input. */
    private static final String EVENTS = """
            /* The user. */
            :: s[I] == {state OpeningMedia} -> input = {Ready}
            :: !quiet && LIVE(I) -> input = {HangUp}
            :: !quiet && s[I] == {state Incoming} -> input = {Answer}
            :: !quiet && (DIALLING(I) || ANSWERED(I) || CONFIRMED(I)) && holds[I] < HOLDS ->
               holds[I]++; input = (holds[I] == 1 -> {Hold} : {Resume})
            :: !quiet && (ANSWERED(I) || CONFIRMED(I)) && moves[I] < MOVES ->
               moves[I]++; contact[I] = 1; if :: input = {LocalAddressChanged} :: input = {ContactChanged} fi
            :: !quiet && CONFIRMED(I) && refreshes[I] < REFRESHES -> refreshes[I]++; input = {RefreshDue}
            /* The network. */
            :: invite[I] -> input = invite[I]; ASKED(I, inviteContact[I]); CLEAR(invite[I]); CLEAR(inviteContact[I]);
               /* What it overtook is refused (RFC 3261 §12.2.2). */
               if :: update[I] -> CLEAR(update[I]); CLEAR(updateContact[I]); updated[J] = {RefreshRefused 500} :: else fi
            :: update[I] -> input = {UpdateReceived}; ASKED(I, updateContact[I]); CLEAR(update[I]); CLEAR(updateContact[I])
            :: answer[I] -> input = answer[I]; ANSWER(I, answerContact[I], inviteCrossed[I]); CLEAR(answer[I]); CLEAR(answerContact[I]); inviting[I] = 0
            :: updated[I] -> input = updated[I]; ANSWER(I, updatedContact[I], updateCrossed[I]); CLEAR(updated[I]); CLEAR(updatedContact[I]); updating[I] = 0
            :: ack[I] & 1 -> input = {AckReceived}; ack[I] = ack[I] & 2; owed[I] = owed[I] & 2
            :: ack[I] & 2 -> input = {AckReceived}; ack[I] = ack[I] & 1; owed[I] = owed[I] & 1
            :: bye[I] -> input = {ByeReceived}; bye[I] = 0
            :: cancel[I] && !invite[I] -> cancel[I] = 0; if :: s[I] != {state Idle} -> input = {CancelReceived} :: else fi
            :: progress[I] -> input = {Progress}; progress[I] = 0
            :: lost < LOSSES && invite[I] -> lost++; CLEAR(invite[I]); CLEAR(inviteContact[I])
            :: lost < LOSSES && answer[I] -> lost++; CLEAR(answer[I]); CLEAR(answerContact[I])
            :: lost < LOSSES && update[I] -> lost++; CLEAR(update[I]); CLEAR(updateContact[I])
            :: lost < LOSSES && updated[I] -> lost++; CLEAR(updated[I]); CLEAR(updatedContact[I])
            :: lost < LOSSES && ack[I] -> lost++; ack[I] = 0
            :: lost < LOSSES && bye[I] -> lost++; bye[I] = 0
            :: lost < LOSSES && cancel[I] -> lost++; cancel[I] = 0
            /* The timers. The side that owns the Call-ID waits longer after glare (RFC 3261 §14.1). */
            :: s[I] == {state Incoming} || DIALLING(I) -> input = {RingTimeout}
            :: BACKOFF(I) && (I == 1 || !BACKOFF(1)) && (!PATIENT || !(ack[0] || ack[1] || invite[0] || invite[1] || answer[0] || answer[1])) -> input = {GlareBackoffElapsed}
            :: lost && inviting[I] && !invite[J] && !answer[I] && s[J] != {state Incoming} -> input = {InviteTimeout}; inviting[I] = 0
            :: lost && updating[I] && !update[J] && !updated[I] -> input = {RefreshUnanswered}; updating[I] = 0
            :: lost && owed[I] && !answer[J] && !ack[I] -> input = {AckTimeout}; owed[I] = 0
            :: lost && CONFIRMED(I) && s[J] <= LAST_OVER && !invite[I] && !answer[I] && !update[I] && !updated[I] && !ack[I] && !bye[I] -> input = {SessionExpired}
            """;

    private static final String MODEL = """
            c_decl { \\#include "table.h" }
            #define LIVE(i) (s[i] > LAST_OVER && s[i] != {state Idle})
            #define CLEAR(slot) slot = 0
            /* A Contact counts; in an answer not if a request has come since the question was sent. */
            #define ASKED(i, told) knows[i] = told - 1; inviteCrossed[i] = 1; updateCrossed[i] = 1; updatedContact[i] = 0
            #define ANSWER(i, told, crossed) knows[i] = (told == 0 || crossed -> knows[i] : told - 1)
            #define BOTH(fact) ((f[0] & fact) && (f[1] & fact))
            #define MIRRORED(mine, theirs) (!(f[0] & mine) == !(f[1] & theirs) && !(f[1] & mine) == !(f[0] & theirs))
            {classes}
            short s[2], invite[2], answer[2], updated[2];
            byte inviteContact[2], answerContact[2], updateContact[2], updatedContact[2], ack[2], owed[2], holds[2], moves[2], refreshes[2], lost;
            bit update[2], bye[2], cancel[2], progress[2], inviting[2], updating[2], turn[2], contact[2], knows[2], inviteCrossed[2], updateCrossed[2], quiet;
            short who, other, input, effects;
            short f[2], broken;

            inline violated(what) {
              broken = what;
              c_code { if (!(seen >> now.broken & 1)) { seen |= 1 << now.broken; printf("violated %d\\n", now.broken); } };
              assert(false)
            }

            active proctype call() {
              d_step { s[0] = {state OpeningMedia}; s[1] = {state Idle} };
              do
              :: atomic {
                if
            {events}
                :: !quiet -> quiet = 1
                :: else -> break
                fi;
                d_step {
                  other = 1 - who;
                  if
                  :: input == 0
                  :: else ->
                    printf("step %d %d\\n", who, input);
                    effects = c_expr { next_effects[now.s[now.who] * {inputs} + now.input] };
                    s[who] = c_expr { next_state[now.s[now.who] * {inputs} + now.input] };
                    if
            {performed}
                    fi
                  fi;
                  who = 0; other = 0; input = 0; effects = 0
                }
                broken == 0
              }
              od;
              skip;
              d_step {
                f[0] = c_expr { facts[now.s[0]] }; f[1] = c_expr { facts[now.s[1]] };
                if :: invite[1] == 0 && s[1] == {state Idle} -> f[1] = f[0] :: else fi
              };
              if :: !MIRRORED(OVER, OVER) -> violated(0) :: else fi;
              if :: !BOTH(RESTS) -> violated(1) :: else fi;
              if
              :: BOTH(RESTS) && !(f[0] & OVER) && !(f[1] & OVER) ->
                if :: !MIRRORED(TOLD, HOLDS_US) || !BOTH(HOLD_SETTLED) -> violated(2) :: else fi;
                if :: !MIRRORED(SENDS, RECEIVES) || !MIRRORED(MOVED, THEY_MOVED) -> violated(3) :: else fi;
                if :: knows[1] != contact[0] || knows[0] != contact[1] || !BOTH(CONTACT_TOLD) -> violated(4) :: else fi
              :: else
              fi
            }
            """;

    private static final Map<String, Predicate<String>> CLASSES = classes();
    private static final Map<String, Predicate<String>> FACTS = facts();

    private final CallModel model;
    private final List<String> states;
    private final List<String> inputs = new ArrayList<>();
    private final List<List<String>> effects = new ArrayList<>();
    private String table = "";

    Promela(CallModel model) {
        this.model = model;
        inputs.add("nothing");
        inputs.addAll(model.inputs());
        List<String> classes = new ArrayList<>(CLASSES.keySet());
        states = model.states().keySet().stream()
                .sorted(Comparator.comparing((String state) -> classes.indexOf(classOf(state)))
                        .thenComparing(Comparator.naturalOrder()))
                .collect(Collectors.toList());
    }

    /** Returns the table as C, after {@link #text}, which includes it as {@code table.h}. */
    String table() {
        return table;
    }

    String text() {
        int[] next = new int[states.size() * inputs.size()];
        int[] performed = new int[next.length];
        Arrays.fill(performed, -1);
        for (Row row : model.rows()) {
            int at = states.indexOf(row.state()) * inputs.size() + inputs.indexOf(row.input());
            List<String> sent = row.effects().stream()
                    .map(effect -> sent(effect, row.state()))
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.toList());
            if (!effects.contains(sent)) {
                effects.add(sent);
            }
            next[at] = states.indexOf(row.next());
            performed[at] = effects.indexOf(sent);
        }
        table = "static const short next_state[] = {" + joined(next) + "};\nstatic const short next_effects[] = {"
                + joined(performed) + "};\nstatic const short facts[] = {"
                + joined(states.stream().mapToInt(Promela::bits).toArray()) + "};\nstatic int seen;\n";
        StringBuilder actions = new StringBuilder(":: effects == -1 -> violated(5)\n");
        for (List<String> sent : effects) {
            actions.append(":: effects == ")
                    .append(effects.indexOf(sent))
                    .append(" -> skip")
                    .append(sent.stream().map(text -> "; " + text).collect(Collectors.joining()))
                    .append('\n');
        }
        return numbered(MODEL.replace("{events}", half(0) + half(1))
                .replace("{performed}", actions)
                .replace("{classes}", ranges())
                .replace("{inputs}", Integer.toString(inputs.size())));
    }

    private static String half(int end) {
        return EVENTS.replaceAll("(?m)^(:: .*?) ->", "$1 -> who = I; input = 0;")
                .replaceAll("\\bI\\b", Integer.toString(end))
                .replaceAll("\\bJ\\b", Integer.toString(1 - end));
    }

    private static String joined(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    /** Puts numbers in the place of the states and inputs in braces. */
    private String numbered(String text) {
        return Pattern.compile("\\{(state )?([A-Z][\\w ]+)}").matcher(text).replaceAll(found -> {
            List<String> among = found.group(1) == null ? inputs : states;
            int number = among.indexOf(found.group(2));
            if (number < 0) {
                throw new IllegalStateException("no " + found.group());
            }
            return Integer.toString(number);
        });
    }

    /** What an effect puts on its way. */
    private String sent(String effect, String state) {
        String arrives = CallModel.arrives(effect, state);
        int input = inputs.indexOf(arrives);
        boolean success = effect.contains(" 200");
        return switch (effect.split(" ")[0]) {
            case "Invite" ->
                "invite[other] = " + input
                        + "; inviteContact[other] = contact[who] + 1; inviting[who] = 1; inviteCrossed[who] = 0; turn[who] = 1 - turn[who]";
            case "Refresh" ->
                // The answer to an earlier UPDATE is no input any more.
                "CLEAR(updated[who]); CLEAR(updatedContact[who]); update[other] = 1; updateContact[other] = contact[who] + 1; updating[who] = 1; updateCrossed[who] = 0";
            case "Ring180" -> "progress[other] = 1";
            case "Respond" ->
                "answer[other] = " + input
                        + (success
                                ? "; answerContact[other] = contact[who] + 1; owed[who] = owed[who] | (1 << turn[other])"
                                : "");
            case "RespondToUpdate" ->
                "updated[other] = " + input + (success ? "; updatedContact[other] = contact[who] + 1" : "");
            case "Acknowledge" -> ACK;
            case "Discard" -> ACK + "; bye[other] = 1";
            case "Bye" -> "bye[other] = 1";
            case "Cancel" -> "cancel[other] = 1";
            default -> "";
        };
    }

    private static final String ACK = "ack[other] = ack[other] | (1 << turn[who])";

    /** What spin printed of the steps to a counter-example, in words. */
    List<String> story(String printed) {
        List<String> story = new ArrayList<>();
        Matcher steps = Pattern.compile("step (\\d) (\\d+)").matcher(printed);
        while (steps.find()) {
            story.add((steps.group(1).equals("0") ? "caller: " : "callee: ")
                    + inputs.get(Integer.parseInt(steps.group(2))));
        }
        return story;
    }

    private String ranges() {
        StringBuilder text = new StringBuilder();
        CLASSES.keySet().forEach(name -> {
            List<Integer> numbers = states.stream()
                    .filter(state -> classOf(state).equals(name))
                    .map(states::indexOf)
                    .collect(Collectors.toList());
            text.append("#define ")
                    .append(name)
                    .append("(i) (s[i] >= ")
                    .append(numbers.get(0))
                    .append(" && s[i] <= ")
                    .append(numbers.get(numbers.size() - 1))
                    .append(")\n");
        });
        int lastOver =
                (int) states.stream().filter(state -> state.startsWith("Over")).count() - 1;
        text.append("#define LAST_OVER ").append(lastOver).append('\n');
        text.append("#define CONFIRMED(i) (BACKOFF(i) || EXCHANGE(i))\n");
        int bit = 1;
        for (String fact : FACTS.keySet()) {
            text.append("#define ").append(fact).append(' ').append(bit).append('\n');
            bit *= 2;
        }
        return text.toString();
    }

    private static String classOf(String state) {
        return CLASSES.entrySet().stream()
                .filter(entry -> entry.getValue().test(state))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static Map<String, Predicate<String>> classes() {
        Map<String, Predicate<String>> all = new LinkedHashMap<>();
        all.put("ENDED", state -> state.startsWith("Over"));
        all.put("DIALLING", state -> state.startsWith("Dialling"));
        all.put("ANSWERED", state -> state.startsWith("Answered"));
        all.put("BACKOFF", state -> state.startsWith("Confirmed GlareBackoff"));
        all.put("EXCHANGE", state -> state.startsWith("Confirmed"));
        all.put("BEGINNING", state -> true);
        return all;
    }

    private static int bits(String state) {
        int bits = 0;
        int bit = 1;
        for (Predicate<String> fact : FACTS.values()) {
            bits |= fact.test(state) ? bit : 0;
            bit *= 2;
        }
        return bits;
    }

    private static Map<String, Predicate<String>> facts() {
        Map<String, Predicate<String>> all = new LinkedHashMap<>();
        all.put("OVER", state -> state.startsWith("Over"));
        all.put("RESTS", state -> state.equals("Over") || state.startsWith("Confirmed Settled"));
        all.put("TOLD", state -> state.contains(" told"));
        all.put("HOLDS_US", state -> state.contains(" holds"));
        all.put(
                "HOLD_SETTLED",
                state -> state.contains(" refused") || state.contains(" hold ") == state.contains(" told"));
        all.put("SENDS", state -> state.contains("/ send"));
        all.put("RECEIVES", state -> state.contains("/ sendrecv") || state.contains("/ recvonly"));
        all.put("MOVED", state -> state.contains(" moved") && state.indexOf(" moved") < state.indexOf('/'));
        all.put("THEY_MOVED", state -> state.endsWith(" moved"));
        all.put("CONTACT_TOLD", state -> !state.contains("TELL"));
        return all;
    }
}
