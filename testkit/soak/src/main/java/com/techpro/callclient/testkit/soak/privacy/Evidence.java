// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.privacy;

import com.techpro.callclient.testkit.soak.privacy.WireRecord.Sent;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run of the {@link MainScenario} left behind.
 *
 * @param canaries the marked data that went through it
 * @param sent every byte that left the user's phone
 * @param reached every address that it opened a stream to or sent a datagram to
 * @param named the addresses that the account names, or that DNS makes of it
 * @param asked the names it looked up
 * @param logged every line that anybody in the process logged
 * @param printed every object that the engine handed out, and those that it is made of, as text
 * @param threads thread dumps in the middle of things
 * @param microphone whether the microphone was open, by moment
 * @param userAgent the product that the app named itself
 * @param outcomes how the steps of the scenario ended, by step
 * @param exported what the user got who asked for his data
 * @param disk every file of the app and what was in it, by moment
 */
public record Evidence(
        Canaries canaries,
        List<Sent> sent,
        Set<InetAddress> reached,
        Set<InetAddress> named,
        List<String> asked,
        List<String> logged,
        List<String> printed,
        List<String> threads,
        Map<String, Boolean> microphone,
        String userAgent,
        Map<String, String> outcomes,
        String exported,
        Map<String, Map<String, byte[]>> disk) {
    @Override
    public String toString() {
        return "Evidence[sent=" + sent.size() + ", logged=" + logged.size() + ", printed=" + printed.size() + "]";
    }
}
