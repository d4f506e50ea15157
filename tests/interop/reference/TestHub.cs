// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace Tertulia.Interop;

public sealed class CustomObject
{
    public string? Name { get; set; }
    public int Value { get; set; }
}

public sealed class ComplexObject
{
    public byte[]? ByteArray { get; set; }
    public DateTime DateTime { get; set; }
    public Guid Guid { get; set; }
    public int[]? IntArray { get; set; }
    public string? String { get; set; }
}

public sealed class TestHub : Hub
{
    public string Echo(string message) => message;

    public int Double(int number) => 2 * number;

    public string GetCallerConnectionId() => Context.ConnectionId;

    public int GetNumRedirects() => int.Parse(
        Context.GetHttpContext()!.Request.Query["numRedirects"]!, CultureInfo.InvariantCulture);

    public void ThrowException(string message) => throw new InvalidOperationException(message);

    public Task InvokeWithString(string message) => Clients.Caller.SendAsync("Message", message);

    public Task SendCustomObject(CustomObject customObject) =>
        Clients.Caller.SendAsync("CustomObject", customObject);

    public async IAsyncEnumerable<string> Stream()
    {
        yield return "a";
        yield return "b";
        yield return "c";
        await Task.CompletedTask;
    }

    public async IAsyncEnumerable<string> EmptyStream()
    {
        await Task.CompletedTask;
        yield break;
    }

    public async IAsyncEnumerable<int> InfiniteStream([EnumeratorCancellation] CancellationToken stop)
    {
        // The hub object is gone when the stream is cancelled: keep what is needed afterwards.
        var caller = Clients.Caller;
        try
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        finally
        {
            await caller.SendAsync("StreamCanceled");
        }
        yield break;
    }

    public IAsyncEnumerable<string> StreamThrowException(string message) =>
        throw new InvalidOperationException(message);

    public async Task<string> StreamingConcat(IAsyncEnumerable<string> stream)
    {
        var all = new StringBuilder();
        await foreach (var item in stream)
        {
            all.Append(item);
        }
        return all.ToString();
    }

    public string GetActiveTransportName() =>
        Context.Features.Get<IHttpTransportFeature>()!.TransportType.ToString();

    public ComplexObject EchoComplexObject(ComplexObject complexObject) => complexObject;

    public ComplexObject SendComplexObject() => new()
    {
        ByteArray = [1, 2, 3],
        DateTime = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc),
        Guid = new Guid("00010203-0405-0607-0706-050403020100"),
        IntArray = [1, 2, 3],
        String = "hello world",
    };

    public string? GetHeader(string name)
    {
        string? value = Context.GetHttpContext()!.Request.Headers[name];
        return value;
    }

    public string? GetCookie(string name) => Context.GetHttpContext()!.Request.Cookies[name];

    public string? GetContentTypeHeader() => Context.GetHttpContext()!.Request.ContentType;
}

[Authorize]
public sealed class AuthorizedHub : Hub
{
    public string Echo(string message) => message;
}

public sealed class UncreatableHub : Hub
{
    public override Task OnConnectedAsync() =>
        throw new InvalidOperationException("This hub cannot be created.");
}
