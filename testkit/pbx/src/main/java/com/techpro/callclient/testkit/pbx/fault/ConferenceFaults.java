// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong on purpose with the documents of conference rooms (RFC 4575), as a focus with a mistake in it would send them:
 *
 * <pre>
 *   faults.conference().document("8000").to("1001").skip(1).times(1).skipVersion();
 * </pre>
 *
 * <p>The first rule that fits a document decides. Callable from any thread; a rule works from the next document on. Notifications that the network
 * loses, delays or repeats are a matter of {@link FaultScript#onOutgoing}.
 */
public final class ConferenceFaults {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    ConferenceFaults() {}

    /** Documents about that room. */
    public Rule document(String room) {
        return new Rule(room);
    }

    /** Drops every rule. */
    public void clear() {
        rules.clear();
    }

    /** What is to happen to a document; null if nothing. Called on the signalling loop. */
    @Nullable
    public Mistake next(String room, String extension) {
        for (Rule rule : rules) {
            if (rule.fits(room, extension)) {
                return rule.occurrences.next() ? rule.mistake : null;
            }
        }
        return null;
    }

    /** One mistake with one document. */
    public sealed interface Mistake {
        /** It has the number after the next. */
        record SkippedVersion() implements Mistake {}

        /** It is sent again, as it is, behind itself. */
        record Repeated() implements Mistake {}

        /** It has the number of the one before. */
        record OldVersion() implements Mistake {}

        /** It says that it is partial although it should be full. */
        record Partial() implements Mistake {}

        /** It is longer by that many characters. */
        record Oversized(int characters) implements Mistake {}

        /** It ends in the middle. */
        record Truncated() implements Mistake {}
    }

    /** Which documents go wrong, and how. Does nothing until one of the methods that return nothing is called. */
    public final class Rule {
        private final String room;
        private final Occurrences occurrences = new Occurrences();
        private @Nullable String extension;
        private @Nullable Mistake mistake;

        private Rule(String room) {
            this.room = room;
        }

        /** Only those to the devices of that extension. */
        public Rule to(String number) {
            extension = number;
            return this;
        }

        /** Not the first ones. */
        public Rule skip(int count) {
            occurrences.skip(count);
            return this;
        }

        /** Not more often than that. */
        public Rule times(int count) {
            occurrences.times(count);
            return this;
        }

        /** A number is left out, as if a document had been lost. */
        public void skipVersion() {
            add(new Mistake.SkippedVersion());
        }

        /** The same document comes twice, in two notifications. */
        public void repeat() {
            add(new Mistake.Repeated());
        }

        /** It bears the number of the document before. */
        public void oldVersion() {
            add(new Mistake.OldVersion());
        }

        /** It is called partial, whatever it is: as a first document that is not allowed. */
        public void partial() {
            add(new Mistake.Partial());
        }

        /** It is that much too long. */
        public void oversize(int characters) {
            add(new Mistake.Oversized(characters));
        }

        /** It breaks off in the middle, and is no XML. */
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
