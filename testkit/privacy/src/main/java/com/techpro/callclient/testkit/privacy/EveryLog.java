// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Captures all logging in this process while it is open: the root logger at ALL, every logger below
 * it, and what the engine gives to SLF4J. Excludes the embedded PBX's mail server, which is on the
 * other side and logs what it receives.
 */
public final class EveryLog extends Handler implements AutoCloseable {
    private static final String MAIL_SERVER = "com.icegreen.greenmail.";

    private final Logger root = Logger.getLogger("");
    private final Map<Handler, Level> silenced = new HashMap<>();
    private final Level before;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public EveryLog() {
        this.before = root.getLevel();
        setLevel(Level.ALL);
        for (Handler other : root.getHandlers()) {
            silenced.put(other, other.getLevel());
            other.setLevel(Level.OFF);
        }
        root.setLevel(Level.ALL);
        root.addHandler(this);
    }

    /** Returns each record's message, parameters and stack trace. */
    public List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord record) {
        if (String.valueOf(record.getLoggerName()).startsWith(MAIL_SERVER)) {
            return;
        }
        StringWriter text = new StringWriter();
        text.append(String.valueOf(record.getLoggerName())).append(' ').append(String.valueOf(record.getMessage()));
        if (record.getParameters() != null) {
            text.append(' ').append(Arrays.toString(record.getParameters()));
        }
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        lines.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
        root.setLevel(before);
        silenced.forEach(Handler::setLevel);
    }
}
