// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.ListInfo;
import org.eclipse.angus.mail.imap.protocol.MailboxInfo;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated connection to a mailbox's server. It names messages by UID alone, because other
 * clients' changes shift sequence numbers. One thread at a time may use it; any thread may call
 * {@link #abort}.
 */
final class ImapConnection {
    /** The most bytes of answers to commands other than FETCH. */
    private static final long SMALL = 256 << 10;

    private static final long LARGE = 8 << 20;
    /** Sequence numbers in one search, as its answer is a single line that lists each match. */
    private static final int COUNTED_AT_ONCE = 50_000;

    private static final Pattern COUNT = Pattern.compile("^\\* ESEARCH .*\\bCOUNT ([0-9]{1,9})\\b");
    private static final List<String> GREETINGS = List.of("Greetings", "INBOX/Greetings", "INBOX.Greetings");
    private static final Duration LAST_ANSWER = Duration.ofSeconds(10);

    private final ImapSocket socket;
    private final ResponseGuard guard;
    private final ImapProtocol protocol;
    private final Supplier<Instant> clock;
    private final Consumer<Response> observer;
    private TimeBudget deadline;
    private @Nullable String selected;
    private boolean broken;
    private boolean heard;

    /** A folder's state at its selection. */
    record Selected(long validity, int exists, boolean writable, Flags permanent) {
        boolean keeps(Flags.Flag flag) {
            return writable && (permanent.contains(flag) || permanent.contains(Flags.Flag.USER));
        }
    }

    private ImapConnection(ImapSocket socket, Supplier<Instant> clock, TimeBudget deadline, Consumer<Response> observer)
            throws IOException {
        this.socket = socket;
        this.clock = clock;
        this.deadline = deadline;
        this.observer = observer;
        this.guard = new ResponseGuard(socket.in());
        this.protocol = new ImapProtocol(guard, socket.out());
        protocol.addResponseHandler(response -> heard |= response instanceof IMAPResponse told && isNews(told));
    }

    /**
     * Connects and logs in.
     *
     * @param observer receives every response, in order
     */
    static ImapConnection open(
            ImapAccount account,
            LoginContext context,
            TimeBudget deadline,
            ImapSocket.Halt halt,
            Consumer<Response> observer)
            throws VoicemailException {
        ImapSocket socket = ImapSocket.open(account, context, deadline, halt);
        try {
            ImapConnection connection = new ImapConnection(socket, context::now, deadline, observer);
            connection.greet(account);
            return connection;
        } catch (IOException | RuntimeException e) {
            socket.abort();
            throw e instanceof IOException io ? ImapFailures.connecting(io) : ImapFailures.lost(e);
        }
    }

    private void greet(ImapAccount account) throws IOException {
        begin(SMALL);
        try {
            Response greeting = protocol.readResponse();
            if (!greeting.isUnTagged() || !greeting.isOK()) {
                throw greeting.isBYE()
                        ? ImapFailures.of(greeting)
                        : new VoicemailException(Reason.PROTOCOL, "this is no mailbox's server");
            }
            protocol.capability();
            ImapLogin.run(protocol, account);
            protocol.capability();
        } catch (ProtocolException e) {
            throw ImapFailures.of(e);
        }
    }

    /** Limits the time of all later commands together. */
    void limit(TimeBudget until) {
        deadline = until;
    }

    boolean can(String capability) {
        return protocol.hasCapability(capability);
    }

    /** Whether the connection failed and takes no more commands. */
    boolean broken() {
        return broken;
    }

    boolean isSelected(String folder) {
        return folder.equals(selected);
    }

    /** @throws VoicemailException {@code NO_SUCH_MESSAGE} if there is no such folder */
    Selected select(String folder, boolean readOnly) throws VoicemailException {
        selected = null;
        begin(SMALL);
        try {
            MailboxInfo info = readOnly ? protocol.examine(folder) : protocol.select(folder);
            selected = folder;
            Flags permanent = info.permanentFlags == null ? new Flags() : info.permanentFlags;
            return new Selected(info.uidvalidity, info.total, info.mode == Folder.READ_WRITE, permanent);
        } catch (ProtocolException e) {
            throw failed(e);
        } catch (RuntimeException | Error e) {
            broken = true;
            throw new VoicemailException(Reason.PROTOCOL, "an answer makes no sense", e);
        }
    }

    /**
     * Returns the folder of greetings (GSMA TS.46 §2.6), beside the INBOX or below it, or null.
     */
    @Nullable
    String greetingsFolder() throws VoicemailException {
        for (String name : GREETINGS) {
            begin(SMALL);
            try {
                ListInfo[] found = protocol.list("", name);
                if (found != null && found.length == 1 && found[0].canOpen) {
                    return name;
                }
            } catch (CommandFailedException e) {
                // This server has no such folder.
            } catch (ProtocolException e) {
                throw failed(e);
            } catch (RuntimeException | Error e) {
                broken = true;
                throw new VoicemailException(Reason.PROTOCOL, "an answer makes no sense", e);
            }
        }
        return null;
    }

    /** Sends a command that has few answers. */
    List<Response> ask(String command) throws VoicemailException {
        return command(command, SMALL);
    }

    /** Sends a FETCH by UID, and returns the answers that name a message. */
    List<FetchAnswer> fetch(String uids, String items) throws VoicemailException {
        return fetched("UID FETCH " + uids + " (" + items + ")");
    }

    /**
     * Sends a FETCH by sequence numbers, from 1 on. They do not shift during the command (RFC 3501
     * §7.4.1).
     */
    List<FetchAnswer> fetchPlaces(int first, int last, String items) throws VoicemailException {
        return fetched("FETCH " + first + ":" + last + " (" + items + ")");
    }

    /**
     * Returns how many of the first messages a search finds (RFC 3501 §6.4.4). The server counts if
     * it can (RFC 4731); otherwise it lists them, some at a time.
     */
    int count(int last, String criteria) throws VoicemailException {
        int count = 0;
        if (can("ESEARCH")) {
            for (Response response : ask("SEARCH RETURN (COUNT) 1:" + last + " " + criteria)) {
                Matcher counted = COUNT.matcher(response.toString());
                if (counted.find()) {
                    return Integer.parseInt(counted.group(1));
                }
            }
            return 0;
        }
        for (int first = 1; first <= last; first += COUNTED_AT_ONCE) {
            int end = Math.min(last, first + COUNTED_AT_ONCE - 1);
            for (Response response : command("SEARCH " + first + ":" + end + " " + criteria, LARGE)) {
                if (response instanceof IMAPResponse found && found.keyEquals("SEARCH")) {
                    while (found.readNumber() != -1) {
                        count++;
                    }
                }
            }
        }
        return count;
    }

    private List<FetchAnswer> fetched(String command) throws VoicemailException {
        List<FetchAnswer> found = new ArrayList<>();
        for (Response response : command(command, LARGE)) {
            if (response instanceof FetchAnswer fetched && fetched.uid() > 0) {
                found.add(fetched);
            }
        }
        return found;
    }

    /**
     * Returns a piece of a part, still encoded. This does not mark the message as seen.
     *
     * @return null if there is no such message
     */
    byte @Nullable [] piece(long uid, String section, long offset, int length) throws VoicemailException {
        String items = "UID BODY.PEEK[" + section + "]<" + offset + "." + length + ">";
        for (FetchAnswer answer : fetch(Long.toString(uid), items)) {
            byte[] body = answer.body();
            if (answer.uid() == uid && body != null) {
                return atMost(length, body);
            }
        }
        return null;
    }

    static byte[] atMost(int most, byte[] body) throws VoicemailException {
        if (body.length > most) {
            throw new VoicemailException(Reason.PROTOCOL, "the server sends more than was asked for");
        }
        return body;
    }

    private List<Response> command(String command, long budget) throws VoicemailException {
        begin(budget);
        Response[] answers;
        try {
            answers = protocol.command(command, null);
        } catch (RuntimeException | Error e) {
            broken = true;
            throw new VoicemailException(Reason.PROTOCOL, "an answer makes no sense", e);
        }
        for (Response answer : answers) {
            observer.accept(answer);
        }
        Response last = answers[answers.length - 1];
        if (!last.isOK()) {
            throw failed(last);
        }
        return List.of(answers);
    }

    private VoicemailException failed(ProtocolException e) {
        return guard.exceeded() ? tooMuch() : failed(ImapFailures.of(e));
    }

    private VoicemailException failed(Response last) {
        return guard.exceeded() ? tooMuch() : failed(ImapFailures.of(last));
    }

    private VoicemailException tooMuch() {
        broken = true;
        return new VoicemailException(Reason.PROTOCOL, "the server answers more than can be kept");
    }

    private VoicemailException failed(VoicemailException e) {
        broken |= e.reason() == Reason.UNREACHABLE;
        return e;
    }

    private void begin(long budget) throws VoicemailException {
        guard.allow(budget, deadline);
        try {
            socket.patience(deadline);
        } catch (IOException e) {
            broken = true;
            throw ImapFailures.lost(e);
        }
    }

    /**
     * Waits for changes of the selected folder (RFC 2177), until the time ends or the connection is
     * lost.
     *
     * @param whole less than 29 minutes, after which a server may disconnect
     * @param news called for each batch
     */
    void idle(Duration whole, Runnable news) throws VoicemailException {
        TimeBudget end = TimeBudget.in(whole, clock);
        limit(TimeBudget.in(LAST_ANSWER, clock));
        begin(SMALL);
        try {
            heard = false;
            protocol.idleStart();
            boolean going = true;
            boolean ending = false;
            while (going) {
                if (heard && !protocol.hasResponse()) {
                    heard = false;
                    news.run();
                }
                if (end.passed() && !ending) {
                    ending = true;
                    endIdle();
                }
                if (!ending) {
                    socket.patience(Duration.ofMillis(end.millis(whole)));
                    guard.wait(SMALL, this::endIdle);
                }
                Response response = protocol.readIdleResponse();
                going = response != null && protocol.processIdleResponse(response);
            }
        } catch (ProtocolException e) {
            throw failed(e);
        } catch (IOException e) {
            broken = true;
            throw ImapFailures.connecting(e);
        } catch (RuntimeException | Error e) {
            broken = true;
            throw new VoicemailException(Reason.PROTOCOL, "an answer makes no sense", e);
        }
    }

    private void endIdle() throws IOException {
        TimeBudget answer = TimeBudget.in(LAST_ANSWER, clock);
        guard.allow(SMALL, answer);
        socket.patience(answer);
        protocol.idleAbort();
    }

    /** Whether a response says that the folder changed. */
    static boolean isNews(IMAPResponse response) {
        return response.isUnTagged()
                && (response.keyEquals("EXISTS")
                        || response.keyEquals("EXPUNGE")
                        || response.keyEquals("VANISHED")
                        || response.keyEquals("FETCH"));
    }

    void abort() {
        socket.abort();
    }
}
