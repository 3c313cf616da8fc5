// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Injects faults into the documents of conference rooms (RFC 4575), like those of a faulty focus:
 *
 * <pre>
 *   faults.conference().document("8000").to("1001").skip(1).times(1).skipVersion();
 * </pre>
 *
 * <p>The first rule that matches a document applies. Callable from any thread; a rule applies from
 * the next document on. To lose, delay or duplicate notifications in the network, use
 * {@link FaultScript#onOutgoing}.
 */
public final class ConferenceFaults {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    ConferenceFaults() {}

    /** Starts a rule for documents about that room. */
    public Rule document(String room) {
        return new Rule(room);
    }

    /** Removes every rule. */
    public void clear() {
        rules.clear();
    }

    /** Returns the mistake for a document; null if there is none. Called on the signalling loop. */
    @Nullable
    public Mistake next(String room, String extension) {
        for (Rule rule : rules) {
            if (rule.fits(room, extension)) {
                return rule.occurrences.next() ? rule.mistake : null;
            }
        }
        return null;
    }

    /** One mistake in one document. */
    public sealed interface Mistake {
        /** Its version skips a number. */
        record SkippedVersion() implements Mistake {}

        /** It is sent twice. */
        record Repeated() implements Mistake {}

        /** It has the version of the previous document. */
        record OldVersion() implements Mistake {}

        /** It claims to be partial although it should be full. */
        record Partial() implements Mistake {}

        /** It is longer by that many characters. */
        record Oversized(int characters) implements Mistake {}

        /** It ends in the middle. */
        record Truncated() implements Mistake {}
    }

    /**
     * Selects documents and the mistake. Does nothing until a method that returns nothing is
     * called.
     */
    public final class Rule {
        private final String room;
        private final Occurrences occurrences = new Occurrences();
        private @Nullable String extension;
        private @Nullable Mistake mistake;

        private Rule(String room) {
            this.room = room;
        }

        /** Only documents to the devices of that extension. */
        public Rule to(String number) {
            extension = number;
            return this;
        }

        /** Skips the first documents. */
        public Rule skip(int count) {
            occurrences.skip(count);
            return this;
        }

        /** Limits how often the rule applies. */
        public Rule times(int count) {
            occurrences.times(count);
            return this;
        }

        /** Skips a version, as if a document had been lost. */
        public void skipVersion() {
            add(new Mistake.SkippedVersion());
        }

        /** Sends the same document twice, in two notifications. */
        public void repeat() {
            add(new Mistake.Repeated());
        }

        /** Uses the version of the previous document. */
        public void oldVersion() {
            add(new Mistake.OldVersion());
        }

        /** Marks any document as partial; a first document must not be. */
        public void partial() {
            add(new Mistake.Partial());
        }

        /** Lengthens the document by that many characters. */
        public void oversize(int characters) {
            add(new Mistake.Oversized(characters));
        }

        /** Truncates the document, so that it is not XML. */
        public void truncate() {
            add(new Mistake.Truncated());
        }

        private void add(Mistake chosen) {
            mistake = chosen;
            rules.add(this);
        }

        private boolean fits(String actualRoom, String actualExtension) {
            return !occurrences.spent()
                    && room.equals(actualRoom)
                    && (extension == null || extension.equals(actualExtension));
        }
    }
}
