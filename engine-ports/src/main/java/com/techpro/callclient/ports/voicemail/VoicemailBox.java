// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.voicemail;

import java.io.Closeable;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user's mailbox at the phone system, which owns the messages (promise S7). Clauses, each tested by {@code VoicemailBoxContract}:
 *
 * <ul>
 *   <li><b>VMB-1</b> Methods block, at most half a minute; the engine calls them on workers, from several threads at once.
 *   <li><b>VMB-2</b> Whatever the server does, only {@link VoicemailException} is thrown. After a failure the next call tries afresh.
 *   <li><b>VMB-3</b> {@link #list} has the newest first, fetches no audio, and leaves out greetings and deleted messages.
 *   <li><b>VMB-4</b> An id names the same message for as long as the mailbox keeps it, also in a later session; it never comes to name another.
 *   <li><b>VMB-5</b> {@link #open} gives the audio while it arrives, and changes nothing in the mailbox unless {@link Capability#READ_ON_FETCH}
 *       says that it must.
 *   <li><b>VMB-6</b> A message deleted is listed no more, and comes back by {@link #undelete} until {@link #purge}; where there is no
 *       {@link Capability#UNDELETE}, deleting is final at once.
 *   <li><b>VMB-7</b> What the mailbox cannot do throws {@link VoicemailException.Reason#UNSUPPORTED}; what it can is in {@link #capabilities}.
 *   <li><b>VMB-8</b> After {@link #close} nothing is left open, the listener hears nothing, and every method throws
 *       {@link VoicemailException.Reason#CLOSED}. Closing twice does nothing.
 *   <li><b>VMB-9</b> Connections are encrypted, the server proves who it is first, and they are opened through what the login was given.
 *   <li><b>VMB-10</b> Nothing thrown or printed holds personal data or a secret.
 * </ul>
 */
public interface VoicemailBox extends Closeable {
    /** What this mailbox can do; known for sure once anything has been asked of it. Does not block. */
    Set<Capability> capabilities();

    /**
     * A page of the messages, the newest first.
     *
     * @param offset how many to leave out, from 0
     * @param limit how many at most, from 1 to 500
     */
    VoicemailPage list(int offset, int limit) throws VoicemailException;

    /** The caller closes it. Nothing else of the mailbox waits for it to be read. */
    VoicemailAudio open(String id) throws VoicemailException;

    void setHeard(String id, boolean heard) throws VoicemailException;

    void delete(String id) throws VoicemailException;

    void undelete(String id) throws VoicemailException;

    /** Removes for good what was deleted through this box, and nothing that anybody else deleted. */
    void purge() throws VoicemailException;

    /** The greetings that callers hear; empty unless {@link Capability#GREETINGS}. Their audio is opened by {@link #open}. */
    List<Greeting> greetings() throws VoicemailException;

    /**
     * Hears, from any thread, that the mailbox may have changed, until null is given or the box is closed. The box keeps what it needs for this
     * connected, and connects anew by itself.
     */
    void watch(@Nullable Runnable changed);

    /** Does not wait for calls under way; they fail. */
    @Override
    void close();

    /** What a mailbox may be able to do. */
    enum Capability {
        MARK_HEARD,
        DELETE,
        UNDELETE,
        /** Opening a message's audio marks it heard, whatever one wants. */
        READ_ON_FETCH,
        GREETINGS,
        /** {@link VoicemailBox#watch} tells of changes; without it only messages-waiting does. */
        WATCH,
        /** Marking and deleting here changes what messages-waiting says. */
        DRIVES_MESSAGE_WAITING
    }

    /**
     * What callers hear. Prints without personal data.
     *
     * @param id opens its audio
     * @param kind the phone system's word for it, such as {@code busy}
     */
    record Greeting(String id, String kind, boolean active) {
        @Override
        public String toString() {
            return "Greeting[redacted]";
        }
    }
}
