// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.helpers;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Takes everything that the engine's loggers are given while it is open, at the finest level: SLF4J's back end in tests is java.util.logging. */
public final class CapturedLog extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("com.techpro.callclient");
    private final boolean before;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public CapturedLog() {
        setLevel(Level.ALL);
        before = logger.getUseParentHandlers();
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.ALL);
        logger.addHandler(this);
    }

    /** Each with its level, logger, message and stack trace. */
    public List<String> lines() {
        return new ArrayList<>(lines);
    }

    @Override
    public void publish(LogRecord entry) {
        StringWriter text = new StringWriter();
        text.append(entry.getLevel() + " " + entry.getLoggerName() + " " + entry.getMessage());
        if (entry.getParameters() != null) {
            text.append(' ').append(Arrays.toString(entry.getParameters()));
        }
        if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        lines.add(text.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(before);
        logger.setLevel(null);
    }
}
