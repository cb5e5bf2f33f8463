// Appends leaves to a tree in memory with Go's transparency-log package, on one core, and prints one line of JSON.
// The work is that of `chancery bench tree`: see README.md.
package main

import (
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"runtime"
	"syscall"

	"golang.org/x/mod/sumdb/tlog"
)

func processorSeconds() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return float64(usage.Utime.Sec+usage.Stime.Sec) + float64(usage.Utime.Usec+usage.Stime.Usec)/1e6
}

func main() {
	leaves := flag.Int64("leaves", 1000000, "how many leaves")
	leafBytes := flag.Int("bytes", 1024, "how long each is")
	flag.Parse()
	runtime.GOMAXPROCS(1)

	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			hashes[i] = stored[index]
		}
		return hashes, nil
	})

	data := make([]byte, *leafBytes)
	start := processorSeconds()
	for i := int64(0); i < *leaves; i++ {
		binary.BigEndian.PutUint64(data, uint64(i))
		hashes, err := tlog.StoredHashes(i, data, reader)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		stored = append(stored, hashes...)
	}
	root, err := tlog.TreeHash(*leaves, reader)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	seconds := processorSeconds() - start
	fmt.Printf("{\"program\":\"go\",\"version\":%q,\"leaves\":%d,\"bytes\":%d,\"seconds\":%.3f,\"leavesPerSecond\":%.0f,\"root\":%q}\n",
		runtime.Version(), *leaves, *leafBytes, seconds, float64(*leaves)/seconds, root.String())
}
