// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * The mail library's commands and grammar, on our own streams. The library logs all traffic under
 * this package's name if somebody sets the finest level for all loggers. Callers' names and numbers
 * must not be logged, so this package's loggers are off.
 */
final class ImapProtocol extends IMAPProtocol {
    /** Kept here, because the platform drops loggers without a reference. */
    private static final List<Logger> SILENT = List.of(silent(""), silent(".protocol"));

    private final ResponseGuard guard;

    ImapProtocol(ResponseGuard in, OutputStream out) throws IOException {
        super(in, printed(out), new Properties(), SILENT.isEmpty());
        this.guard = in;
    }

    private static Logger silent(String below) {
        Logger logger = Logger.getLogger(ImapProtocol.class.getPackage().getName() + below);
        logger.setLevel(Level.OFF);
        return logger;
    }

    private static PrintStream printed(OutputStream out) throws UnsupportedEncodingException {
        // A print stream hides failures; the missing answer shows them.
        return new PrintStream(out, false, "US-ASCII");
    }

    /**
     * Skips a response that cannot be parsed and reads the next: each was complete before it was
     * parsed. We parse FETCH responses ourselves.
     */
    @Override
    public Response readResponse() throws IOException, ProtocolException {
        try {
            IMAPResponse response = new IMAPResponse(this);
            guard.spend(0);
            if (!response.keyEquals("FETCH")) {
                return response;
            }
            FetchAnswer answer = new FetchAnswer(response);
            guard.spend(answer.elements());
            return answer;
        } catch (RuntimeException e) {
            throw new ProtocolException("a response makes no sense");
        }
    }
}
