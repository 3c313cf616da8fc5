// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.callui;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * The system's own call screen: CallKit, a self-managed ConnectionService, or a desktop's equivalent. Clauses, each tested by
 * {@code CallUiPortContract}:
 *
 * <ul>
 *   <li><b>CUI-1</b> {@link #open} comes first, once; its handler hears everything from then on. After {@link #close} it hears nothing.
 *   <li><b>CUI-2</b> {@link #incoming} is answered exactly once, never inside the call: true if the system shows the call, false if it
 *       refuses (do not disturb, a blocked number, another call in the way). Of a refused call the handler hears nothing.
 *   <li><b>CUI-3</b> The system's audio belongs to nobody until {@link CallUiHandler#audioActivated}, and to nobody again after
 *       {@link CallUiHandler#audioDeactivated}. It is activated after a call was answered or {@link #outgoing} was told, and deactivated
 *       after the last call ended, or when another app's call took over; a system that can leaves it for the tone of the end
 *       ({@link #ended(String, EndReason, Duration)}).
 *   <li><b>CUI-4</b> {@link #answered}, {@link #held} and {@link #muted} bring the screen in line with the call. What the screen shows
 *       already changes nothing and is not echoed to the handler.
 *   <li><b>CUI-5</b> After {@link #ended(String, EndReason)} the screen forgets the call, its name and its number; ending it twice does nothing.
 *   <li><b>CUI-6</b> Methods return without waiting for the user. The engine calls one at a time, in order, on the callbacks' executor; the
 *       handler may be called from any thread.
 *   <li><b>CUI-7</b> {@link #rings} gives the same answer each time, from before {@link #open} on.
 * </ul>
 */
public interface CallUiPort extends AutoCloseable {
    void open(CallUiHandler handler);

    /** It rings here. */
    void incoming(UiCall call, Consumer<Boolean> shown);

    /**
     * Whether the system rings for what it shows, by itself or by the app's notification, as CallKit and Android do. Then the engine does not ring. If it
     * does not, the engine rings on the audio port, before the system has activated the audio.
     */
    default boolean rings() {
        return true;
    }

    /** The user dialled in the app. */
    void outgoing(UiCall call);

    /** The user took the call in the app. */
    void answered(String id);

    /** Both sides are there: the time starts. */
    void connected(String id);

    void held(String id, boolean onHold);

    void muted(String id, boolean muted);

    void ended(String id, EndReason reason);

    /**
     * As {@link #ended(String, EndReason)}, and the engine says with a tone how the call ended. A system that can leaves it the audio, and the device that the
     * call was heard on, until the tone is over; and no longer than until another call, or the user on the system's screen, ends that. The engine stops the
     * tone once the audio is taken, so that a port which does nothing of this is right too.
     *
     * @param tone how long the tone may last: some seconds
     */
    default void ended(String id, EndReason reason, Duration tone) {
        ended(id, reason);
    }

    /** The user chose in the app where the sound goes; {@link CallUiHandler#routesChanged} tells whether it does. */
    void route(AudioRoute wanted);

    @Override
    void close();
}
