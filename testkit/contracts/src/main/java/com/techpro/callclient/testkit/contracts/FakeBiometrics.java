// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.biometric.BiometricPort;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A sensor and a user whose answers the test sets. */
public final class FakeBiometrics implements BiometricPort {
    private final Executor executor;
    private Availability availability = Availability.READY;
    private Answer will = Answer.YES;
    private int enrolled = 1;
    private int trusted;
    private int questions;
    private boolean answering = true;
    private Runnable pending = () -> {};

    /** @param executor runs the callbacks */
    public FakeBiometrics(Executor executor) {
        this.executor = executor;
    }

    /**
     * Sets the user's answer from now on: {@link Answer#YES}, {@link Answer#NO} or
     * {@link Answer#CANCELLED}.
     */
    public synchronized void willAnswer(Answer answer) {
        will = answer;
    }

    /** Keeps prompts open from now on until {@link #answerNow}. */
    public synchronized void hesitate() {
        answering = false;
    }

    /** Answers the open prompt now. */
    public void answerNow() {
        Runnable task;
        synchronized (this) {
            answering = true;
            task = pending;
            pending = () -> {};
        }
        executor.execute(task);
    }

    public synchronized void become(Availability state) {
        availability = state;
    }

    public synchronized void enrolAnother() {
        enrolled++;
    }

    /** Returns how many prompts were shown. */
    public synchronized int questions() {
        return questions;
    }

    @Override
    public synchronized Availability availability() {
        return availability;
    }

    @Override
    public synchronized void confirm(String reasonKey, Consumer<Answer> answer) {
        Answer outcome;
        if (availability != Availability.READY) {
            outcome = availability == Availability.LOCKED_OUT ? Answer.LOCKED_OUT : Answer.UNAVAILABLE;
        } else {
            questions++;
            outcome = will == Answer.YES && trusted != enrolled ? Answer.ENROLMENT_CHANGED : will;
        }
        Runnable task = () -> answer.accept(outcome);
        if (answering) {
            executor.execute(task);
        } else {
            pending = task;
        }
    }

    @Override
    public synchronized void trustEnrolment() {
        trusted = enrolled;
    }
}
