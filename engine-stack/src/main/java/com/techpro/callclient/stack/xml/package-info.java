// SPDX-License-Identifier: Apache-2.0
/**
 * Parsing of untrusted XML documents, for the engine and the adapters that query a server. Not for
 * hosts.
 */
@NullMarked
package com.techpro.callclient.stack.xml;

import org.jspecify.annotations.NullMarked;
