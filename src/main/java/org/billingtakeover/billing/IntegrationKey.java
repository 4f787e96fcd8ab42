package org.billingtakeover.billing;

/**
 * Which stop or restart is meant, over all attempts at it: {@code <company>/<STOP or RUN>/<date>/<number>}. Each that is ordered anew has a
 * number of its own.
 */
public record IntegrationKey(String text) {

    @Override
    public String toString() {
        return text;
    }
}
