// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

/**
 * A kind of phone system that users log in to. Clauses, each tested by {@code PhoneSystemContract}:
 *
 * <ul>
 *   <li><b>PSY-1</b> {@link #logIn} blocks until the phone system has decided, for at most a
 *       minute. The engine calls it on a worker.
 *   <li><b>PSY-2</b> Credentials go only to the phone system, encrypted, and never in a URL. The
 *       password is never sent in clear if the protocol can prove it another way (promise C1).
 *       Credentials are not kept after the call, except where the session uses them again, such as
 *       for its mailbox; there they are kept until {@link Session#logOut}.
 *   <li><b>PSY-3</b> Only the phone system decides whether credentials are right (promise U2);
 *       nothing is cached.
 *   <li><b>PSY-4</b> Every result is a {@link LoginOutcome}. Whatever the server answers,
 *       {@link #logIn} does not throw.
 *   <li><b>PSY-5</b> Connections are opened only through the {@link LoginContext}. After
 *       {@link #logIn} has returned a refusal, none is left open.
 *   <li><b>PSY-6</b> Methods may be called from any thread. Several logins may run at once.
 *   <li><b>PSY-7</b> {@link #kind} is 1 to 32 of {@code a-z0-9-} and never changes.
 * </ul>
 */
public interface PhoneSystem {
    /**
     * Returns a stable word for the kind, such as {@code lpconfig}; it is kept with the stored
     * login.
     */
    String kind();

    LoginOutcome logIn(Login login, LoginContext context);
}
