// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.testkit.cli.error.ErrorLine;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * A typed command. Commands about a call give its number on screen; 0 means the best-matching call.
 */
sealed interface Order {
    record Dial(String target) implements Order {}

    record Text(String target, String text) implements Order {}

    record Answer(int call) implements Order {}

    record Reject(int call, RejectReason reason) implements Order {}

    /** Silences the ring without ending the call. */
    record Silence(int call) implements Order {}

    record HangUp(int call) implements Order {}

    record Hold(int call) implements Order {}

    record Resume(int call) implements Order {}

    record Dtmf(String tones) implements Order {}

    record Mute(boolean muted) implements Order {}

    record Devices() implements Order {}

    record Use(String device) implements Order {}

    record Quality() implements Order {}

    record Calls() implements Order {}

    /** Waits before the next line of a script. */
    record Wait(Duration length) implements Order {}

    record Help() implements Order {}

    record Quit() implements Order {}

    record Nothing() implements Order {}

    record Misunderstood(String advice) implements Order {}

    String HELP = """
        dial X         call an extension, a number, or sip:user@host
        text X WORDS   write to an extension, a number, or sip:user@host
        answer         answer the ringing call           (answer N: the call with number N)
        reject [busy]  decline the ringing call
        silence        stop the ringing; the call waits to be answered     (silence N)
        hangup         end the call                      (hangup N)
        hold, resume   put the call on hold, and resume it   (hold N, resume N)
        dtmf 12#       press keys
        mute, unmute   the microphone
        devices        list microphones and speakers
        use ID         choose one of them, by its id or its number in the list
        quality        how the call sounds, in figures
        calls          list the calls
        wait SECONDS   do nothing for a while (in scripts)
        quit           hang up, log out, exit\
        """;

    /** Never fails: an invalid command becomes {@link Misunderstood}. */
    static Order parse(String line) {
        String[] words = line.trim().split("\\s+", 2);
        String verb = words[0].toLowerCase(Locale.ROOT);
        String rest = words.length > 1 ? words[1].trim() : "";
        switch (verb) {
            case "":
                return new Nothing();
            case "dial", "call", "d":
                return rest.isEmpty() || rest.contains(" ")
                        ? new Misunderstood("Say whom to call: dial 600, or dial sip:anna@example.org")
                        : new Dial(rest);
            case "text", "t":
                String[] parts = rest.split("\\s+", 2);
                return parts.length < 2
                        ? new Misunderstood("Say to whom and what: text 1002 I am on my way")
                        : new Text(parts[0], parts[1]);
            case "answer", "a":
                return aboutCall(rest, "answer", Answer::new);
            case "reject":
                return reject(rest);
            case "silence":
                return aboutCall(rest, "silence", Silence::new);
            case "hangup", "h", "bye":
                return aboutCall(rest, "hangup", HangUp::new);
            case "hold":
                return aboutCall(rest, "hold", Hold::new);
            case "resume":
                return aboutCall(rest, "resume", Resume::new);
            case "dtmf", "keys":
                return dtmf(rest);
            case "mute":
                return alone(rest, verb, new Mute(true));
            case "unmute":
                return alone(rest, verb, new Mute(false));
            case "devices":
                return alone(rest, verb, new Devices());
            case "use":
                return rest.isEmpty()
                        ? new Misunderstood(
                                "Say which device: use ID, with an id or a number from the list of: devices")
                        : new Use(rest);
            case "quality":
                return alone(rest, verb, new Quality());
            case "calls":
                return alone(rest, verb, new Calls());
            case "wait":
                return waiting(rest);
            case "help", "?":
                return new Help();
            case "quit", "exit", "q":
                return alone(rest, verb, new Quit());
            default:
                return new Misunderstood("There is no command \"" + printable(verb) + "\". Type help to list them.");
        }
    }

    private static Order reject(String rest) {
        if (rest.equalsIgnoreCase("busy")) {
            return new Reject(0, RejectReason.BUSY);
        }
        return aboutCall(rest, "reject", call -> new Reject(call, RejectReason.DECLINED));
    }

    private static Order dtmf(String rest) {
        String tones = rest.replace(" ", "").toUpperCase(Locale.ROOT);
        if (tones.isEmpty()
                || tones.length() > 64
                || !tones.chars().allMatch(c -> "0123456789*#ABCD".indexOf(c) >= 0)) {
            return new Misunderstood("Say which keys, at most 64 of 0-9 * # A-D: dtmf 12#");
        }
        return new Dtmf(tones);
    }

    private static Order waiting(String rest) {
        if (!rest.matches("[0-9]{1,4}")) {
            return new Misunderstood("Say how many seconds, at most 9999: wait 5");
        }
        return new Wait(Duration.ofSeconds(Integer.parseInt(rest)));
    }

    private static Order aboutCall(String rest, String verb, IntFunction<Order> order) {
        if (rest.isEmpty()) {
            return order.apply(0);
        }
        if (!rest.matches("[1-9][0-9]{0,5}")) {
            return new Misunderstood("Say " + verb + " alone, or with the number of a call from the list of: calls");
        }
        return order.apply(Integer.parseInt(rest));
    }

    private static Order alone(String rest, String verb, Order order) {
        return rest.isEmpty() ? order : new Misunderstood("Nothing goes after " + verb + ".");
    }

    /** Input from a pipe may contain any characters. */
    private static String printable(String text) {
        return ErrorLine.printable(text.substring(0, Math.min(30, text.length())));
    }
}
