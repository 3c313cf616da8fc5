// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.voicemail;

import java.io.Closeable;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user's mailbox at the phone system. The phone system owns the messages (promise S7). Clauses,
 * each tested by {@code VoicemailBoxContract}:
 *
 * <ul>
 *   <li><b>VMB-1</b> Methods block for at most half a minute. The engine calls them on workers,
 *       from several threads at once.
 *   <li><b>VMB-2</b> Whatever the server does, methods throw only {@link VoicemailException}. After
 *       a failure, the next call tries again from the start.
 *   <li><b>VMB-3</b> {@link #list} returns the newest first, fetches no audio, and leaves out
 *       greetings and deleted messages.
 *   <li><b>VMB-4</b> An id identifies the same message for as long as the mailbox keeps it, also in
 *       a later session. It never identifies another.
 *   <li><b>VMB-5</b> {@link #open} returns the audio while it arrives. It changes nothing in the
 *       mailbox, unless the mailbox has {@link Capability#READ_ON_FETCH}.
 *   <li><b>VMB-6</b> A deleted message is not listed. {@link #undelete} restores it until
 *       {@link #purge}. Without {@link Capability#UNDELETE}, deleting is final at once.
 *   <li><b>VMB-7</b> An operation that the mailbox does not support throws
 *       {@link VoicemailException.Reason#UNSUPPORTED}. {@link #capabilities} tells which it
 *       supports.
 *   <li><b>VMB-8</b> After {@link #close} nothing stays open, the listener is not called, and every
 *       method throws {@link VoicemailException.Reason#CLOSED}. Closing twice does nothing.
 *   <li><b>VMB-9</b> Connections are encrypted, start with the server's authentication, and are
 *       opened only through the {@code LoginContext} of the login.
 *   <li><b>VMB-10</b> Nothing thrown or printed contains personal data or a secret.
 * </ul>
 */
public interface VoicemailBox extends Closeable {
    /** Returns what this mailbox can do; reliable once any request was made. Does not block. */
    Set<Capability> capabilities();

    /**
     * Returns a page of the messages, the newest first.
     *
     * @param offset how many to skip, from 0
     * @param limit the maximum number of messages, 1 to 500
     */
    VoicemailPage list(int offset, int limit) throws VoicemailException;

    /**
     * Opens the audio of a message or greeting; the caller closes it. Other requests to the mailbox
     * do not wait until it is read.
     */
    VoicemailAudio open(String id) throws VoicemailException;

    void setHeard(String id, boolean heard) throws VoicemailException;

    void delete(String id) throws VoicemailException;

    void undelete(String id) throws VoicemailException;

    /** Removes for good the messages deleted through this box, and no others. */
    void purge() throws VoicemailException;

    /**
     * Returns the greetings that callers hear; empty without {@link Capability#GREETINGS}.
     * {@link #open} opens their audio.
     */
    List<Greeting> greetings() throws VoicemailException;

    /**
     * Sets a callback that is called, on any thread, when the mailbox may have changed. Null
     * removes it, and it ends when the box is closed. The box keeps the connection it needs for
     * this and reconnects by itself.
     */
    void watch(@Nullable Runnable changed);

    /** Closes the mailbox. Does not wait for running calls; they fail. */
    @Override
    void close();

    /** The optional capabilities of a mailbox. */
    enum Capability {
        MARK_HEARD,
        DELETE,
        UNDELETE,
        /** Opening a message's audio always marks it heard. */
        READ_ON_FETCH,
        GREETINGS,
        /**
         * {@link VoicemailBox#watch} reports changes; without it only message waiting (RFC 3842)
         * does.
         */
        WATCH,
        /** Marking and deleting here updates message waiting (RFC 3842). */
        DRIVES_MESSAGE_WAITING
    }

    /**
     * A greeting that callers hear. Prints without personal data.
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
